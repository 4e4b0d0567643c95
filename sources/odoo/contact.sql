-- entity: contact
-- reads: res_partner, res_users, res_company, mail_blacklist
CREATE VIEW contact WITH (security_invoker = true) AS
SELECT here.contact_id,
	here.account_id,
	here.name,
	here.email,
	here.phone,
	here.title,
	NULL::text AS role,
	NULL::text AS seniority,
	NULL::text AS department,
	here.is_active,
	EXISTS (
		SELECT
		FROM (SELECT NULL::text AS email, NULL::boolean AS active) AS absent_2,
			LATERAL (SELECT email AS address, active AS is_listed FROM :"source".mail_blacklist) AS listed
		WHERE listed.address = here.address AND listed.is_listed IS NOT FALSE) AS do_not_contact,
	here.created_at,
	NULL::timestamptz AS left_at
FROM (
	SELECT NULL::text AS name,
		NULL::text AS email,
		NULL::text AS email_normalized,
		NULL::text AS phone,
		NULL::text AS mobile,
		NULL::text AS function,
		NULL::text AS type,
		NULL::boolean AS is_company,
		NULL::boolean AS active,
		NULL::integer AS commercial_partner_id,
		NULL::timestamp AS create_date
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS contact_id,
		commercial_partner_id::text AS account_id,
		name::text AS name,
		email::text AS email,
		coalesce(email_normalized, lower(btrim(email))) AS address,
		coalesce(nullif(phone, ''), nullif(mobile, ''))::text AS phone,
		function::text AS title,
		active IS NOT FALSE AS is_active,
		create_date AT TIME ZONE 'UTC' AS created_at
	FROM :"source".res_partner
	WHERE is_company IS NOT TRUE
		AND (type = 'contact' OR type IS NULL)
		AND NOT EXISTS (
			SELECT
			FROM (SELECT NULL::integer AS partner_id) AS absent_0,
				LATERAL (SELECT partner_id AS partner FROM :"source".res_company) AS own
			WHERE own.partner = res_partner.id)
		AND NOT EXISTS (
			SELECT
			FROM (SELECT NULL::integer AS partner_id, NULL::boolean AS share) AS absent_3,
				LATERAL (SELECT partner_id AS partner, share AS is_guest FROM :"source".res_users) AS users
			WHERE users.partner = res_partner.id AND users.is_guest IS NOT TRUE)
) AS here;
