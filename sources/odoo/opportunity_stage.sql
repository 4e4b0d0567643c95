-- entity: opportunity_stage
-- reads: crm_lead, crm_stage, mail_message, mail_tracking_value, ir_model_fields
CREATE VIEW opportunity_stage WITH (security_invoker = true) AS
-- Changes of stage are tracked with a message; stages bear their present names.
SELECT here.id::text AS opportunity_id,
	coalesce(stage.name, change.new_value_char) AS stage,
	change.changed_at AS entered_at
FROM (
	SELECT NULL::text AS type,
		NULL::boolean AS active,
		NULL::float8 AS probability,
		NULL::integer AS stage_id,
		NULL::timestamp AS create_date
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		stage_id,
		active IS FALSE AND probability = 0 AS is_lost,
		active IS NOT FALSE AS is_active,
		create_date AT TIME ZONE 'UTC' AS created_at
	FROM :"source".crm_lead
	WHERE type = 'opportunity'
) AS here
LEFT JOIN LATERAL (
	SELECT each.is_won
	FROM (SELECT NULL::boolean AS is_won) AS absent_6,
		LATERAL (SELECT id, is_won AS is_won FROM :"source".crm_stage) AS each
	WHERE each.id = here.stage_id
) AS standing ON true
JOIN LATERAL (
	SELECT message.changed_at, tracked.new_value_integer, tracked.new_value_char
	FROM (
		SELECT NULL::integer AS mail_message_id,
			-- field before release 17
			NULL::integer AS field_id,
			NULL::integer AS field,
			NULL::integer AS old_value_integer,
			NULL::text AS old_value_char,
			NULL::integer AS new_value_integer,
			NULL::text AS new_value_char
	) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id,
			mail_message_id,
			coalesce(field_id, field) AS field,
			old_value_integer,
			old_value_char::text AS old_value_char,
			new_value_integer,
			new_value_char::text AS new_value_char
		FROM :"source".mail_tracking_value
	) AS tracked
	CROSS JOIN (SELECT NULL::text AS model, NULL::integer AS res_id, NULL::timestamp AS date) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id, model::text AS model, res_id, date AT TIME ZONE 'UTC' AS changed_at
		FROM :"source".mail_message
	) AS message
	WHERE message.id = tracked.mail_message_id
		AND message.model = 'crm.lead'
		AND message.res_id = here.id
		AND tracked.field IN (SELECT id FROM :"source".ir_model_fields WHERE model = 'crm.lead' AND name = 'stage_id')
) AS change ON true
LEFT JOIN LATERAL (
	SELECT coalesce(to_jsonb(named.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(named.name), '$.*') #>> '{}', to_jsonb(named.name) #>> '{}') AS name
	FROM (SELECT NULL::text AS name) AS absent_4,
		LATERAL (SELECT id, name AS name FROM :"source".crm_stage) AS named
	WHERE named.id = change.new_value_integer
) AS stage ON true
WHERE (here.is_active OR here.is_lost OR standing.is_won)
	AND coalesce(stage.name, change.new_value_char) <> ''
UNION ALL
-- and the one in which it began: before the first change, or the present one
SELECT here.id::text AS opportunity_id,
	coalesce(stage.name, change.old_value_char) AS stage,
	-- a lead that became an opportunity did so before it went on
	CASE WHEN change.changed_at < here.converted_at THEN here.created_at ELSE coalesce(here.converted_at, here.created_at) END AS entered_at
FROM (
	SELECT NULL::text AS type,
		NULL::boolean AS active,
		NULL::float8 AS probability,
		NULL::integer AS stage_id,
		NULL::timestamp AS create_date,
		NULL::timestamp AS date_conversion
) AS absent
CROSS JOIN LATERAL (
	SELECT id,
		stage_id,
		active IS FALSE AND probability = 0 AS is_lost,
		active IS NOT FALSE AS is_active,
		create_date AT TIME ZONE 'UTC' AS created_at,
		date_conversion AT TIME ZONE 'UTC' AS converted_at
	FROM :"source".crm_lead
	WHERE type = 'opportunity'
) AS here
LEFT JOIN LATERAL (
	SELECT each.is_won
	FROM (SELECT NULL::boolean AS is_won) AS absent_6,
		LATERAL (SELECT id, is_won AS is_won FROM :"source".crm_stage) AS each
	WHERE each.id = here.stage_id
) AS standing ON true
LEFT JOIN LATERAL (
	SELECT message.changed_at, tracked.old_value_integer, tracked.old_value_char
	FROM (
		SELECT NULL::integer AS mail_message_id,
			-- field before release 17
			NULL::integer AS field_id,
			NULL::integer AS field,
			NULL::integer AS old_value_integer,
			NULL::text AS old_value_char,
			NULL::integer AS new_value_integer,
			NULL::text AS new_value_char
	) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id,
			mail_message_id,
			coalesce(field_id, field) AS field,
			old_value_integer,
			old_value_char::text AS old_value_char,
			new_value_integer,
			new_value_char::text AS new_value_char
		FROM :"source".mail_tracking_value
	) AS tracked
	CROSS JOIN (SELECT NULL::text AS model, NULL::integer AS res_id, NULL::timestamp AS date) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id, model::text AS model, res_id, date AT TIME ZONE 'UTC' AS changed_at
		FROM :"source".mail_message
	) AS message
	WHERE message.id = tracked.mail_message_id
		AND message.model = 'crm.lead'
		AND message.res_id = here.id
		AND tracked.field IN (SELECT id FROM :"source".ir_model_fields WHERE model = 'crm.lead' AND name = 'stage_id')
	ORDER BY message.changed_at, tracked.id
	LIMIT 1
) AS change ON true
LEFT JOIN LATERAL (
	SELECT coalesce(to_jsonb(named.name) ->> 'en_US', jsonb_path_query_first(to_jsonb(named.name), '$.*') #>> '{}', to_jsonb(named.name) #>> '{}') AS name
	FROM (SELECT NULL::text AS name) AS absent_4,
		LATERAL (SELECT id, name AS name FROM :"source".crm_stage) AS named
	WHERE named.id = CASE WHEN change IS NULL THEN here.stage_id ELSE change.old_value_integer END
) AS stage ON true
WHERE (here.is_active OR here.is_lost OR standing.is_won)
	AND coalesce(stage.name, change.old_value_char) <> '';
