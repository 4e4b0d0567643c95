-- entity: ticket
-- reads: ticket, ticket_company(ticket_id, company_id), ticket_contact(ticket_id, contact_id)
-- Of several companies and contacts of a ticket the ones that were known first.
CREATE VIEW ticket WITH (security_invoker = true) AS
WITH request AS NOT MATERIALIZED (
	SELECT here.*
	FROM (SELECT NULL::timestamptz AS property_createdate, NULL::timestamptz AS property_first_agent_reply_date,
		NULL::timestamptz AS property_closed_date, NULL::text AS property_hs_ticket_priority, NULL::text AS property_source_type,
		NULL::boolean AS _fivetran_deleted, NULL::boolean AS is_deleted) AS absent,
	LATERAL (
		SELECT id,
			clientele.utc(property_createdate) AS opened_at,
			clientele.utc(property_first_agent_reply_date) AS first_response_at,
			clientele.utc(property_closed_date) AS closed_at,
			CASE lower(property_hs_ticket_priority::text) WHEN 'medium' THEN 'normal' WHEN 'urgent' THEN 'critical'
				ELSE lower(property_hs_ticket_priority::text) END AS severity,
			lower(property_source_type::text) AS channel
		FROM :"source".ticket
		WHERE _fivetran_deleted IS NOT TRUE AND is_deleted IS NOT TRUE
	) AS here
), company AS NOT MATERIALIZED (
	SELECT link.ticket_id, link.company_id::text AS account_id
	FROM :"source".ticket_company AS link
	WHERE NOT EXISTS (SELECT FROM :"source".ticket_company AS other WHERE other.ticket_id = link.ticket_id AND other.company_id < link.company_id)
), person AS NOT MATERIALIZED (
	SELECT link.ticket_id, link.contact_id::text AS contact_id
	FROM :"source".ticket_contact AS link
	WHERE NOT EXISTS (SELECT FROM :"source".ticket_contact AS other WHERE other.ticket_id = link.ticket_id AND other.contact_id < link.contact_id)
)
SELECT request.id::text AS ticket_id,
	company.account_id,
	person.contact_id,
	request.opened_at,
	request.first_response_at,
	request.closed_at,
	request.severity,
	NULL::numeric AS satisfaction,
	NULL::boolean AS is_abandoned,
	request.channel
FROM request
LEFT JOIN company ON company.ticket_id = request.id
LEFT JOIN person ON person.ticket_id = request.id;
