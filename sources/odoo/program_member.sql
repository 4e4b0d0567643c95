-- entity: program_member
-- reads: mailing_trace, crm_lead, res_partner, res_users
CREATE VIEW program_member WITH (security_invoker = true) AS
-- the accounts to whose people a mailing of the campaign went
SELECT trace.campaign_id::text AS program_id,
	partner.commercial_partner_id::text AS account_id,
	NULL::boolean AS is_control,
	min(trace.sent_at) AS joined_at
FROM (
	SELECT NULL::text AS model,
		NULL::integer AS res_id,
		NULL::timestamp AS sent_datetime,
		NULL::timestamp AS sent,
		NULL::integer AS campaign_id
) AS absent
CROSS JOIN LATERAL (
	SELECT model::text AS model,
		res_id,
		coalesce(sent_datetime, sent) AT TIME ZONE 'UTC' AS sent_at,
		campaign_id
	FROM :"source".mailing_trace
	WHERE coalesce(sent_datetime, sent) IS NOT NULL
		AND campaign_id IS NOT NULL
) AS trace
LEFT JOIN LATERAL (
	SELECT each.partner_id
	FROM (SELECT NULL::integer AS partner_id) AS absent_2
	CROSS JOIN LATERAL (SELECT id, partner_id FROM :"source".crm_lead) AS each
	WHERE trace.model = 'crm.lead' AND each.id = trace.res_id
) AS lead ON true
JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::integer AS commercial_partner_id, NULL::boolean AS is_company, NULL::text AS type) AS absent_3
	CROSS JOIN LATERAL (
		SELECT id,
			commercial_partner_id,
			CASE WHEN is_company IS NOT TRUE AND coalesce(type, 'contact') = 'contact' THEN id::text END AS contact_id
		FROM :"source".res_partner
	) AS each
	WHERE each.id = CASE trace.model WHEN 'res.partner' THEN trace.res_id WHEN 'crm.lead' THEN lead.partner_id END
) AS partner ON true
WHERE partner.commercial_partner_id IS NOT NULL
	AND NOT EXISTS (
		SELECT
		FROM (SELECT NULL::integer AS partner_id, NULL::boolean AS share) AS absent_4,
			LATERAL (SELECT partner_id AS partner, share AS is_guest FROM :"source".res_users) AS users
		WHERE users.partner = partner.id AND users.is_guest IS NOT TRUE)
GROUP BY trace.campaign_id::text, partner.commercial_partner_id::text;
