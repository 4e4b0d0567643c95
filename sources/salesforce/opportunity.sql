-- entity: opportunity
-- reads: "Opportunity", "OpportunityContactRole"("OpportunityId", "ContactId", "IsPrimary"), "OpportunityLineItem"("OpportunityId", "Product2Id", "TotalPrice"), "Lead"("ConvertedOpportunityId")
-- The kind is read in the type's words; what they do not tell is NULL. Closed
-- is an opportunity on its close date, or when it came to its last stage if
-- that was on that day or earlier, and not before it was opened.
CREATE VIEW opportunity WITH (security_invoker = true) AS
SELECT here.opportunity_id,
	here.account_id,
	person.contact_id,
	origin.lead_id,
	here.kind,
	line.product_id,
	here.stage,
	here.amount,
	here.owner_id,
	here.opened_at,
	here.closed_at,
	here.is_won
FROM (SELECT NULL::text AS "AccountId", NULL::text AS "Type", NULL::text AS "StageName", NULL::numeric AS "Amount", NULL::text AS "OwnerId",
	NULL::timestamptz AS "CreatedDate", NULL::date AS "CloseDate", NULL::timestamptz AS "LastStageChangeDate", NULL::boolean AS "IsClosed",
	NULL::boolean AS "IsWon", NULL::boolean AS "IsDeleted") AS absent,
LATERAL (
	SELECT "Id" AS id,
		"Id"::text AS opportunity_id,
		"AccountId"::text AS account_id,
		CASE
			WHEN "Type" ~* 'renew' THEN 'renewal'
			WHEN "Type" ~* 'cross' THEN 'cross-sell'
			WHEN "Type" ~* 'up-? ?sell|upgrade|expansion|add-? ?on' THEN 'upsell'
			WHEN "Type" ~* '\mnew' THEN 'new'
		END AS kind,
		"StageName"::text AS stage,
		clientele.number("Amount") AS amount,
		"OwnerId"::text AS owner_id,
		clientele.utc("CreatedDate") AS opened_at,
		CASE WHEN "IsClosed"::boolean
			THEN greatest(least(clientele.on_day(clientele.utc("CloseDate"), clientele.utc("LastStageChangeDate")), clientele.utc("LastStageChangeDate")), clientele.utc("CreatedDate")) END AS closed_at,
		CASE WHEN "IsClosed"::boolean THEN "IsWon"::boolean END AS is_won
	FROM :"source"."Opportunity"
	WHERE "IsDeleted"::boolean IS NOT TRUE
) AS here
-- the primary contact; of several, the first
LEFT JOIN (
	SELECT part.*
	FROM (SELECT NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT part."OpportunityId" AS opportunity_id, part."ContactId"::text AS contact_id
		FROM :"source"."OpportunityContactRole" AS part
		WHERE "IsDeleted"::boolean IS NOT TRUE AND part."IsPrimary"::boolean
			AND NOT EXISTS (
				SELECT
				FROM :"source"."OpportunityContactRole" AS earlier
				WHERE "IsDeleted"::boolean IS NOT TRUE AND earlier."OpportunityId" = part."OpportunityId" AND earlier."IsPrimary"::boolean
					AND earlier."Id"::text COLLATE "C" < part."Id"::text)
	) AS part
) AS person ON person.opportunity_id = here.id
-- the lead that was converted into it; of several, the first
LEFT JOIN (
	SELECT part.*
	FROM (SELECT NULL::boolean AS "IsDeleted", NULL::text AS "MasterRecordId") AS absent,
	LATERAL (
		SELECT part."ConvertedOpportunityId" AS opportunity_id, part."Id"::text AS lead_id
		FROM :"source"."Lead" AS part
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL
			AND NOT EXISTS (
				SELECT
				FROM :"source"."Lead" AS earlier
				WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL AND earlier."ConvertedOpportunityId" = part."ConvertedOpportunityId"
					AND earlier."Id"::text COLLATE "C" < part."Id"::text)
	) AS part
) AS origin ON origin.opportunity_id = here.id
-- the line of the greatest amount
LEFT JOIN (
	SELECT part.*
	FROM (SELECT NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT part."OpportunityId" AS opportunity_id, part."Product2Id"::text AS product_id
		FROM :"source"."OpportunityLineItem" AS part
		WHERE "IsDeleted"::boolean IS NOT TRUE
			AND NOT EXISTS (
				SELECT
				FROM :"source"."OpportunityLineItem" AS greater
				WHERE "IsDeleted"::boolean IS NOT TRUE AND greater."OpportunityId" = part."OpportunityId"
					AND (coalesce(clientele.number(greater."TotalPrice"), 0), greater."Id"::text COLLATE "C")
						> (coalesce(clientele.number(part."TotalPrice"), 0), part."Id"::text))
	) AS part
) AS line ON line.opportunity_id = here.id;

-- entity: opportunity
-- reads: "Opportunity"
-- The kind is read in the type's words; what they do not tell is NULL. Closed
-- is an opportunity on its close date, or when it came to its last stage if
-- that was on that day or earlier, and not before it was opened.
CREATE VIEW opportunity WITH (security_invoker = true) AS
SELECT here.opportunity_id,
	here.account_id,
	here.contact_id,
	NULL::text AS lead_id,
	here.kind,
	NULL::text AS product_id,
	here.stage,
	here.amount,
	here.owner_id,
	here.opened_at,
	here.closed_at,
	here.is_won
FROM (SELECT NULL::text AS "AccountId", NULL::text AS "ContactId", NULL::text AS "Type", NULL::text AS "StageName",
	NULL::numeric AS "Amount", NULL::text AS "OwnerId", NULL::timestamptz AS "CreatedDate", NULL::date AS "CloseDate",
	NULL::timestamptz AS "LastStageChangeDate", NULL::boolean AS "IsClosed", NULL::boolean AS "IsWon",
	NULL::boolean AS "IsDeleted") AS absent,
LATERAL (
	SELECT "Id" AS id,
		"Id"::text AS opportunity_id,
		"AccountId"::text AS account_id,
		"ContactId"::text AS contact_id,
		CASE
			WHEN "Type" ~* 'renew' THEN 'renewal'
			WHEN "Type" ~* 'cross' THEN 'cross-sell'
			WHEN "Type" ~* 'up-? ?sell|upgrade|expansion|add-? ?on' THEN 'upsell'
			WHEN "Type" ~* '\mnew' THEN 'new'
		END AS kind,
		"StageName"::text AS stage,
		clientele.number("Amount") AS amount,
		"OwnerId"::text AS owner_id,
		clientele.utc("CreatedDate") AS opened_at,
		CASE WHEN "IsClosed"::boolean
			THEN greatest(least(clientele.on_day(clientele.utc("CloseDate"), clientele.utc("LastStageChangeDate")), clientele.utc("LastStageChangeDate")), clientele.utc("CreatedDate")) END AS closed_at,
		CASE WHEN "IsClosed"::boolean THEN "IsWon"::boolean END AS is_won
	FROM :"source"."Opportunity"
	WHERE "IsDeleted"::boolean IS NOT TRUE
) AS here;

-- entity: opportunity
-- reads: opportunity, opportunity_contact_role(opportunity_id, contact_id, is_primary), opportunity_line_item(opportunity_id, product_2_id, total_price), lead(converted_opportunity_id)
-- The kind is read in the type's words; what they do not tell is NULL. Closed
-- is an opportunity on its close date, or when it came to its last stage if
-- that was on that day or earlier, and not before it was opened.
CREATE VIEW opportunity WITH (security_invoker = true) AS
SELECT here.opportunity_id,
	here.account_id,
	person.contact_id,
	origin.lead_id,
	here.kind,
	line.product_id,
	here.stage,
	here.amount,
	here.owner_id,
	here.opened_at,
	here.closed_at,
	here.is_won
FROM (SELECT NULL::text AS account_id, NULL::text AS type, NULL::text AS stage_name, NULL::numeric AS amount, NULL::text AS owner_id,
	NULL::timestamptz AS created_date, NULL::date AS close_date, NULL::timestamptz AS last_stage_change_date, NULL::boolean AS is_closed,
	NULL::boolean AS is_won, NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id AS id,
		id::text AS opportunity_id,
		account_id::text AS account_id,
		CASE
			WHEN type ~* 'renew' THEN 'renewal'
			WHEN type ~* 'cross' THEN 'cross-sell'
			WHEN type ~* 'up-? ?sell|upgrade|expansion|add-? ?on' THEN 'upsell'
			WHEN type ~* '\mnew' THEN 'new'
		END AS kind,
		stage_name::text AS stage,
		clientele.number(amount) AS amount,
		owner_id::text AS owner_id,
		clientele.utc(created_date) AS opened_at,
		CASE WHEN is_closed::boolean
			THEN greatest(least(clientele.on_day(clientele.utc(close_date), clientele.utc(last_stage_change_date)), clientele.utc(last_stage_change_date)), clientele.utc(created_date)) END AS closed_at,
		CASE WHEN is_closed::boolean THEN is_won::boolean END AS is_won
	FROM :"source".opportunity
	WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
) AS here
-- the primary contact; of several, the first
LEFT JOIN (
	SELECT part.*
	FROM (SELECT NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT part.opportunity_id AS opportunity_id, part.contact_id::text AS contact_id
		FROM :"source".opportunity_contact_role AS part
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND part.is_primary::boolean
			AND NOT EXISTS (
				SELECT
				FROM :"source".opportunity_contact_role AS earlier
				WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND earlier.opportunity_id = part.opportunity_id AND earlier.is_primary::boolean
					AND earlier.id::text COLLATE "C" < part.id::text)
	) AS part
) AS person ON person.opportunity_id = here.id
-- the lead that was converted into it; of several, the first
LEFT JOIN (
	SELECT part.*
	FROM (SELECT NULL::boolean AS is_deleted, NULL::text AS master_record_id, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT part.converted_opportunity_id AS opportunity_id, part.id::text AS lead_id
		FROM :"source".lead AS part
		WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
			AND NOT EXISTS (
				SELECT
				FROM :"source".lead AS earlier
				WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND earlier.converted_opportunity_id = part.converted_opportunity_id
					AND earlier.id::text COLLATE "C" < part.id::text)
	) AS part
) AS origin ON origin.opportunity_id = here.id
-- the line of the greatest amount
LEFT JOIN (
	SELECT part.*
	FROM (SELECT NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted, NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT part.opportunity_id AS opportunity_id, part.product_2_id::text AS product_id
		FROM :"source".opportunity_line_item AS part
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
			AND NOT EXISTS (
				SELECT
				FROM :"source".opportunity_line_item AS greater
				WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND greater.opportunity_id = part.opportunity_id
					AND (coalesce(clientele.number(greater.total_price), 0), greater.id::text COLLATE "C")
						> (coalesce(clientele.number(part.total_price), 0), part.id::text))
	) AS part
) AS line ON line.opportunity_id = here.id;

-- entity: opportunity
-- reads: opportunity
-- The kind is read in the type's words; what they do not tell is NULL. Closed
-- is an opportunity on its close date, or when it came to its last stage if
-- that was on that day or earlier, and not before it was opened.
CREATE VIEW opportunity WITH (security_invoker = true) AS
SELECT here.opportunity_id,
	here.account_id,
	here.contact_id,
	NULL::text AS lead_id,
	here.kind,
	NULL::text AS product_id,
	here.stage,
	here.amount,
	here.owner_id,
	here.opened_at,
	here.closed_at,
	here.is_won
FROM (SELECT NULL::text AS account_id, NULL::text AS contact_id, NULL::text AS type, NULL::text AS stage_name, NULL::numeric AS amount,
	NULL::text AS owner_id, NULL::timestamptz AS created_date, NULL::date AS close_date, NULL::timestamptz AS last_stage_change_date,
	NULL::boolean AS is_closed, NULL::boolean AS is_won, NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted,
	NULL::boolean AS _fivetran_active) AS absent,
LATERAL (
	SELECT id AS id,
		id::text AS opportunity_id,
		account_id::text AS account_id,
		contact_id::text AS contact_id,
		CASE
			WHEN type ~* 'renew' THEN 'renewal'
			WHEN type ~* 'cross' THEN 'cross-sell'
			WHEN type ~* 'up-? ?sell|upgrade|expansion|add-? ?on' THEN 'upsell'
			WHEN type ~* '\mnew' THEN 'new'
		END AS kind,
		stage_name::text AS stage,
		clientele.number(amount) AS amount,
		owner_id::text AS owner_id,
		clientele.utc(created_date) AS opened_at,
		CASE WHEN is_closed::boolean
			THEN greatest(least(clientele.on_day(clientele.utc(close_date), clientele.utc(last_stage_change_date)), clientele.utc(last_stage_change_date)), clientele.utc(created_date)) END AS closed_at,
		CASE WHEN is_closed::boolean THEN is_won::boolean END AS is_won
	FROM :"source".opportunity
	WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE
) AS here;

-- entity: opportunity
-- reads: salesforce_opportunity, salesforce_opportunity_contact_role(opportunity_id, contact_id, is_primary)
-- The kind is read in the type's words; what they do not tell is NULL. Closed
-- is an opportunity on its close date, or when it came to its last stage if
-- that was on that day or earlier, and not before it was opened.
CREATE VIEW opportunity WITH (security_invoker = true) AS
SELECT here.opportunity_id,
	here.account_id,
	person.contact_id,
	NULL::text AS lead_id,
	here.kind,
	NULL::text AS product_id,
	here.stage,
	here.amount,
	here.owner_id,
	here.opened_at,
	here.closed_at,
	here.is_won
FROM (SELECT NULL::text AS account_id, NULL::text AS type, NULL::text AS stage_name, NULL::numeric AS amount, NULL::text AS owner_id,
	NULL::timestamptz AS created_date, NULL::date AS close_date, NULL::timestamptz AS last_stage_change_date, NULL::boolean AS is_closed,
	NULL::boolean AS is_won, NULL::boolean AS is_deleted) AS absent,
LATERAL (
	SELECT id AS id,
		id::text AS opportunity_id,
		account_id::text AS account_id,
		CASE
			WHEN type ~* 'renew' THEN 'renewal'
			WHEN type ~* 'cross' THEN 'cross-sell'
			WHEN type ~* 'up-? ?sell|upgrade|expansion|add-? ?on' THEN 'upsell'
			WHEN type ~* '\mnew' THEN 'new'
		END AS kind,
		stage_name::text AS stage,
		clientele.number(amount) AS amount,
		owner_id::text AS owner_id,
		clientele.utc(created_date) AS opened_at,
		CASE WHEN is_closed::boolean
			THEN greatest(least(clientele.on_day(clientele.utc(close_date), clientele.utc(last_stage_change_date)), clientele.utc(last_stage_change_date)), clientele.utc(created_date)) END AS closed_at,
		CASE WHEN is_closed::boolean THEN is_won::boolean END AS is_won
	FROM :"source".salesforce_opportunity
	WHERE is_deleted::boolean IS NOT TRUE
) AS here
-- the primary contact; of several, the first
LEFT JOIN (
	SELECT part.*
	FROM (SELECT NULL::boolean AS is_deleted) AS absent,
	LATERAL (
		SELECT part.opportunity_id AS opportunity_id, part.contact_id::text AS contact_id
		FROM :"source".salesforce_opportunity_contact_role AS part
		WHERE is_deleted::boolean IS NOT TRUE AND part.is_primary::boolean
			AND NOT EXISTS (
				SELECT
				FROM :"source".salesforce_opportunity_contact_role AS earlier
				WHERE is_deleted::boolean IS NOT TRUE AND earlier.opportunity_id = part.opportunity_id AND earlier.is_primary::boolean
					AND earlier.id::text COLLATE "C" < part.id::text)
	) AS part
) AS person ON person.opportunity_id = here.id;

-- entity: opportunity
-- reads: salesforce_opportunity
-- The kind is read in the type's words; what they do not tell is NULL. Closed
-- is an opportunity on its close date, or when it came to its last stage if
-- that was on that day or earlier, and not before it was opened.
CREATE VIEW opportunity WITH (security_invoker = true) AS
SELECT here.opportunity_id,
	here.account_id,
	here.contact_id,
	NULL::text AS lead_id,
	here.kind,
	NULL::text AS product_id,
	here.stage,
	here.amount,
	here.owner_id,
	here.opened_at,
	here.closed_at,
	here.is_won
FROM (SELECT NULL::text AS account_id, NULL::text AS contact_id, NULL::text AS type, NULL::text AS stage_name, NULL::numeric AS amount,
	NULL::text AS owner_id, NULL::timestamptz AS created_date, NULL::date AS close_date, NULL::timestamptz AS last_stage_change_date,
	NULL::boolean AS is_closed, NULL::boolean AS is_won, NULL::boolean AS is_deleted) AS absent,
LATERAL (
	SELECT id AS id,
		id::text AS opportunity_id,
		account_id::text AS account_id,
		contact_id::text AS contact_id,
		CASE
			WHEN type ~* 'renew' THEN 'renewal'
			WHEN type ~* 'cross' THEN 'cross-sell'
			WHEN type ~* 'up-? ?sell|upgrade|expansion|add-? ?on' THEN 'upsell'
			WHEN type ~* '\mnew' THEN 'new'
		END AS kind,
		stage_name::text AS stage,
		clientele.number(amount) AS amount,
		owner_id::text AS owner_id,
		clientele.utc(created_date) AS opened_at,
		CASE WHEN is_closed::boolean
			THEN greatest(least(clientele.on_day(clientele.utc(close_date), clientele.utc(last_stage_change_date)), clientele.utc(last_stage_change_date)), clientele.utc(created_date)) END AS closed_at,
		CASE WHEN is_closed::boolean THEN is_won::boolean END AS is_won
	FROM :"source".salesforce_opportunity
	WHERE is_deleted::boolean IS NOT TRUE
) AS here;
