-- entity: program_member
-- reads: "CampaignMember"("CampaignId", "ContactId"), "Contact"("AccountId")
-- Accounts whose contacts are members. Controls are members with a status that
-- says so, such as "Control"; an account with any other member is none.
CREATE VIEW program_member WITH (security_invoker = true) AS
SELECT member.program_id,
	person.account_id,
	bool_and(member.is_control) AS is_control,
	min(member.joined_at) AS joined_at
FROM (
	SELECT here.*
	FROM (SELECT NULL::text AS "Status", NULL::timestamptz AS "CreatedDate", NULL::boolean AS "IsDeleted") AS absent,
	LATERAL (
		SELECT "CampaignId"::text AS program_id,
			"ContactId" AS contact_id,
			coalesce("Status", '') ~* '\mcontrol\M' AS is_control,
			clientele.utc("CreatedDate") AS joined_at
		FROM :"source"."CampaignMember"
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "CampaignId" IS NOT NULL
	) AS here
) AS member
JOIN (
	SELECT here.*
	FROM (SELECT NULL::boolean AS "IsDeleted", NULL::text AS "MasterRecordId") AS absent,
	LATERAL (
		SELECT "Id" AS id, "AccountId"::text AS account_id
		FROM :"source"."Contact"
		WHERE "IsDeleted"::boolean IS NOT TRUE AND "MasterRecordId" IS NULL AND "AccountId" IS NOT NULL
	) AS here
) AS person ON person.id = member.contact_id
GROUP BY member.program_id, person.account_id;

-- entity: program_member
-- reads: campaign_member(campaign_id, contact_id), contact(account_id)
-- Accounts whose contacts are members. Controls are members with a status that
-- says so, such as "Control"; an account with any other member is none.
CREATE VIEW program_member WITH (security_invoker = true) AS
SELECT member.program_id,
	person.account_id,
	bool_and(member.is_control) AS is_control,
	min(member.joined_at) AS joined_at
FROM (
	SELECT here.*
	FROM (SELECT NULL::text AS status, NULL::timestamptz AS created_date, NULL::boolean AS is_deleted, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT campaign_id::text AS program_id,
			contact_id AS contact_id,
			coalesce(status, '') ~* '\mcontrol\M' AS is_control,
			clientele.utc(created_date) AS joined_at
		FROM :"source".campaign_member
		WHERE is_deleted::boolean IS NOT TRUE AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND campaign_id IS NOT NULL
	) AS here
) AS member
JOIN (
	SELECT here.*
	FROM (SELECT NULL::boolean AS is_deleted, NULL::text AS master_record_id, NULL::boolean AS _fivetran_deleted,
		NULL::boolean AS _fivetran_active) AS absent,
	LATERAL (
		SELECT id AS id, account_id::text AS account_id
		FROM :"source".contact
		WHERE is_deleted::boolean IS NOT TRUE AND master_record_id IS NULL AND _fivetran_deleted IS NOT TRUE AND _fivetran_active IS NOT FALSE AND account_id IS NOT NULL
	) AS here
) AS person ON person.id = member.contact_id
GROUP BY member.program_id, person.account_id;
