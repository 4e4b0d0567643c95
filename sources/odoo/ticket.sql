-- entity: ticket
-- reads: helpdesk_ticket, helpdesk_ticket_stage, helpdesk_ticket_channel, res_partner, res_users, mail_message, mail_message_subtype
CREATE VIEW ticket WITH (security_invoker = true) AS
-- the community's helpdesk_mgmt
SELECT here.ticket_id,
	partner.commercial_partner_id::text AS account_id,
	partner.contact_id,
	here.opened_at,
	response.first_response_at,
	CASE WHEN stage.is_closed THEN here.closed_at END AS closed_at,
	here.severity,
	here.satisfaction,
	NULL::boolean AS is_abandoned,
	channel.name AS channel
FROM (
	SELECT NULL::integer AS partner_id,
		NULL::integer AS stage_id,
		NULL::integer AS channel_id,
		NULL::text AS priority,
		NULL::boolean AS active,
		NULL::timestamp AS create_date,
		NULL::timestamp AS write_date,
		NULL::timestamp AS closed_date,
		NULL::timestamp AS close_date,
		NULL::timestamp AS last_stage_update,
		NULL::timestamp AS date_last_stage_update,
		NULL::float8 AS rating_last_value
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		id::text AS ticket_id,
		partner_id,
		stage_id,
		channel_id,
		create_date AT TIME ZONE 'UTC' AS opened_at,
		coalesce(closed_date, close_date, last_stage_update, date_last_stage_update, write_date) AT TIME ZONE 'UTC' AS closed_at,
		CASE priority::text WHEN '0' THEN 'low' WHEN '1' THEN 'normal' WHEN '2' THEN 'high' WHEN '3' THEN 'critical' END AS severity,
		-- 1 to 5; 0 says that nobody rated
		nullif(rating_last_value, 0)::numeric AS satisfaction
	FROM :"source".helpdesk_ticket
	WHERE active IS NOT FALSE
) AS here
LEFT JOIN LATERAL (
	SELECT each.is_closed
	FROM (SELECT NULL::boolean AS closed) AS absent_2,
		LATERAL (SELECT id, closed AS is_closed FROM :"source".helpdesk_ticket_stage) AS each
	WHERE each.id = here.stage_id
) AS stage ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = here.partner_id
) AS partner ON true
LEFT JOIN LATERAL (
	-- the first message of a colleague that the customer can read
	SELECT min(message.sent_at) AS first_response_at
	FROM (
		SELECT NULL::text AS model,
			NULL::integer AS res_id,
			NULL::text AS message_type,
			NULL::timestamp AS date,
			NULL::integer AS author_id,
			NULL::integer AS subtype_id,
			NULL::boolean AS is_internal,
			NULL::boolean AS internal,
			NULL::integer AS partner_id,
			NULL::boolean AS share
	) AS absent_4
	CROSS JOIN LATERAL (
		SELECT model::text AS model, res_id, date AT TIME ZONE 'UTC' AS sent_at, author_id, subtype_id
		FROM :"source".mail_message
		WHERE message_type = ANY (ARRAY['comment', 'email'])
			AND is_internal IS NOT TRUE
	) AS message
	WHERE message.model = 'helpdesk.ticket'
		AND message.res_id = here.id
		AND message.sent_at >= here.opened_at
		AND EXISTS (
			SELECT
			FROM LATERAL (SELECT partner_id AS partner, share AS is_guest FROM :"source".res_users) AS users
			WHERE users.partner = message.author_id AND users.is_guest IS NOT TRUE)
		AND NOT EXISTS (
			SELECT
			FROM LATERAL (SELECT id, internal AS is_note FROM :"source".mail_message_subtype) AS subtype
			WHERE subtype.id = message.subtype_id AND subtype.is_note)
) AS response ON true
LEFT JOIN LATERAL (
	SELECT coalesce(to_jsonb(named.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(named.name), '$.*') #>> '{}', to_jsonb(named.name) #>> '{}') AS name
	FROM (SELECT NULL::text AS name) AS absent_5,
		LATERAL (SELECT id, name AS name FROM :"source".helpdesk_ticket_channel) AS named
	WHERE named.id = here.channel_id
) AS channel ON true;

-- entity: ticket
-- reads: helpdesk_ticket, helpdesk_stage, res_partner, res_users, mail_message, mail_message_subtype
CREATE VIEW ticket WITH (security_invoker = true) AS
-- Odoo's own helpdesk (not in the community's edition): a ticket in a folded stage is closed
SELECT here.ticket_id,
	partner.commercial_partner_id::text AS account_id,
	partner.contact_id,
	here.opened_at,
	response.first_response_at,
	CASE WHEN stage.is_closed THEN here.closed_at END AS closed_at,
	here.severity,
	here.satisfaction,
	NULL::boolean AS is_abandoned,
	NULL::text AS channel
FROM (
	SELECT NULL::integer AS partner_id,
		NULL::integer AS stage_id,
		NULL::integer AS channel_id,
		NULL::text AS priority,
		NULL::boolean AS active,
		NULL::timestamp AS create_date,
		NULL::timestamp AS write_date,
		NULL::timestamp AS closed_date,
		NULL::timestamp AS close_date,
		NULL::timestamp AS last_stage_update,
		NULL::timestamp AS date_last_stage_update,
		NULL::float8 AS rating_last_value
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		id::text AS ticket_id,
		partner_id,
		stage_id,
		channel_id,
		create_date AT TIME ZONE 'UTC' AS opened_at,
		coalesce(closed_date, close_date, last_stage_update, date_last_stage_update, write_date) AT TIME ZONE 'UTC' AS closed_at,
		CASE priority::text WHEN '0' THEN 'low' WHEN '1' THEN 'normal' WHEN '2' THEN 'high' WHEN '3' THEN 'critical' END AS severity,
		-- 1 to 5; 0 says that nobody rated
		nullif(rating_last_value, 0)::numeric AS satisfaction
	FROM :"source".helpdesk_ticket
	WHERE active IS NOT FALSE
) AS here
LEFT JOIN LATERAL (
	SELECT each.is_closed
	FROM (SELECT NULL::boolean AS fold) AS absent_2,
		LATERAL (SELECT id, fold AS is_closed FROM :"source".helpdesk_stage) AS each
	WHERE each.id = here.stage_id
) AS stage ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = here.partner_id
) AS partner ON true
LEFT JOIN LATERAL (
	-- the first message of a colleague that the customer can read
	SELECT min(message.sent_at) AS first_response_at
	FROM (
		SELECT NULL::text AS model,
			NULL::integer AS res_id,
			NULL::text AS message_type,
			NULL::timestamp AS date,
			NULL::integer AS author_id,
			NULL::integer AS subtype_id,
			NULL::boolean AS is_internal,
			NULL::boolean AS internal,
			NULL::integer AS partner_id,
			NULL::boolean AS share
	) AS absent_4
	CROSS JOIN LATERAL (
		SELECT model::text AS model, res_id, date AT TIME ZONE 'UTC' AS sent_at, author_id, subtype_id
		FROM :"source".mail_message
		WHERE message_type = ANY (ARRAY['comment', 'email'])
			AND is_internal IS NOT TRUE
	) AS message
	WHERE message.model = 'helpdesk.ticket'
		AND message.res_id = here.id
		AND message.sent_at >= here.opened_at
		AND EXISTS (
			SELECT
			FROM LATERAL (SELECT partner_id AS partner, share AS is_guest FROM :"source".res_users) AS users
			WHERE users.partner = message.author_id AND users.is_guest IS NOT TRUE)
		AND NOT EXISTS (
			SELECT
			FROM LATERAL (SELECT id, internal AS is_note FROM :"source".mail_message_subtype) AS subtype
			WHERE subtype.id = message.subtype_id AND subtype.is_note)
) AS response ON true;
