-- entity: opportunity
-- reads: opportunities, accounts_opportunities, opportunities_contacts, leads
CREATE VIEW opportunity WITH (security_invoker = true) AS
-- Existing Business may be upsell, cross-sell or renewal: it is not known which
WITH link AS NOT MATERIALIZED (
	SELECT each.*
	FROM (SELECT NULL::text AS opportunity_id, NULL::text AS account_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			opportunity_id::text AS opportunity_id,
			account_id::text AS account_id,
			coalesce(date_modified, '-infinity') AS changed_at
		FROM :"source".accounts_opportunities
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
)
SELECT here.opportunity_id,
	buyer.account_id,
	part.contact_id,
	origin.lead_id,
	here.kind,
	NULL::text AS product_id,
	here.stage,
	here.amount,
	here.owner_id,
	here.opened_at,
	here.closed_at,
	here.is_won
FROM (
	SELECT NULL::text AS sales_stage,
		NULL::text AS opportunity_type,
		NULL::numeric AS amount,
		NULL::numeric AS amount_usdollar,
		NULL::date AS date_closed,
		NULL::timestamp AS date_entered,
		NULL::text AS assigned_user_id,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS opportunity_id,
		nullif(sales_stage::text, '') AS stage,
		CASE WHEN opportunity_type::text = 'New Business' THEN 'new' END AS kind,
		round(coalesce(amount_usdollar, amount)::numeric, 2) AS amount,
		nullif(assigned_user_id::text, '') AS owner_id,
		to_timestamp(extract(epoch FROM date_entered)) AS opened_at,
		CASE WHEN sales_stage::text = ANY (ARRAY['Closed Won', 'Closed Lost']) THEN date_closed::timestamp AT TIME ZONE 'UTC' END AS closed_at,
		CASE sales_stage::text WHEN 'Closed Won' THEN true WHEN 'Closed Lost' THEN false END AS is_won
	FROM :"source".opportunities
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
) AS here
LEFT JOIN link AS buyer ON buyer.opportunity_id = here.opportunity_id
	AND NOT EXISTS (
		SELECT
		FROM link AS newer
		WHERE newer.opportunity_id = buyer.opportunity_id
			AND (newer.changed_at, newer.link_id) > (buyer.changed_at, buyer.link_id))
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS opportunity_id, NULL::text AS contact_id, NULL::text AS deleted, NULL::timestamp AS date_modified) AS absent_4
	CROSS JOIN LATERAL (
		SELECT id::text AS link_id,
			opportunity_id::text AS opportunity_id,
			contact_id::text AS contact_id,
			date_modified AS changed_at
		FROM :"source".opportunities_contacts
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.opportunity_id = here.opportunity_id
	ORDER BY each.changed_at, each.link_id
	LIMIT 1
) AS part ON true
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (SELECT NULL::text AS opportunity_id, NULL::timestamp AS date_entered, NULL::text AS deleted) AS absent_5
	CROSS JOIN LATERAL (
		SELECT id::text AS lead_id,
			opportunity_id::text AS opportunity_id,
			date_entered AS entered_at
		FROM :"source".leads
		WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
	) AS each
	WHERE each.opportunity_id = here.opportunity_id
	ORDER BY each.entered_at, each.lead_id
	LIMIT 1
) AS origin ON true;
