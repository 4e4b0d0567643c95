-- entity: lead
-- reads: contact(property_lifecyclestage)
-- Contacts that are at the stages of a lead in their life cycle, or came through
-- them; they are contacts as well. What HubSpot calls REFERRALS is a visit from
-- another site, and nobody's recommendation.
CREATE VIEW lead WITH (security_invoker = true) AS
SELECT here.*
FROM (SELECT NULL::text AS property_associatedcompanyid, NULL::text AS property_company, NULL::text AS property_firstname,
	NULL::text AS property_lastname, NULL::text AS property_email, NULL::text AS property_hs_analytics_source,
	NULL::text AS property_hs_lead_status, NULL::text AS property_hubspot_owner_id, NULL::timestamptz AS property_createdate,
	NULL::timestamptz AS property_hs_lifecyclestage_lead_date, NULL::timestamptz AS property_hs_lifecyclestage_marketingqualifiedlead_date,
	NULL::timestamptz AS property_hs_lifecyclestage_salesqualifiedlead_date,
	NULL::timestamptz AS property_hs_lifecyclestage_opportunity_date, NULL::boolean AS _fivetran_deleted,
	NULL::boolean AS is_deleted) AS absent,
LATERAL (
	SELECT id::text AS lead_id,
		property_associatedcompanyid::text AS account_id,
		id::text AS contact_id,
		property_company::text AS company,
		nullif(concat_ws(' ', property_firstname, property_lastname), '') AS name,
		property_email::text AS email,
		CASE property_hs_analytics_source::text WHEN 'REFERRALS' THEN 'referring site'
			ELSE lower(replace(property_hs_analytics_source::text, '_', ' ')) END AS source,
		lower(coalesce(property_hs_lead_status, property_lifecyclestage)::text) AS status,
		property_hubspot_owner_id::text AS owner_id,
		coalesce(
			least(clientele.utc(property_hs_lifecyclestage_lead_date), clientele.utc(property_hs_lifecyclestage_marketingqualifiedlead_date),
				clientele.utc(property_hs_lifecyclestage_salesqualifiedlead_date)),
			clientele.utc(property_createdate)) AS created_at,
		clientele.utc(property_hs_lifecyclestage_opportunity_date) AS converted_at
	FROM :"source".contact
	WHERE _fivetran_deleted IS NOT TRUE AND is_deleted IS NOT TRUE
		AND (property_lifecyclestage = ANY (ARRAY['lead', 'marketingqualifiedlead', 'salesqualifiedlead'])
			OR property_hs_lifecyclestage_lead_date IS NOT NULL
			OR property_hs_lifecyclestage_marketingqualifiedlead_date IS NOT NULL
			OR property_hs_lifecyclestage_salesqualifiedlead_date IS NOT NULL)
) AS here;
