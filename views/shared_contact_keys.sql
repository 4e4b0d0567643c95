-- shared_contact_keys: which addresses, numbers and names are shared by so many
-- contacts that they tell nobody apart?
--
-- A row an e-mail address, a telephone number or a name at an account that more
-- contacts have than policy.key_sharing_limit: info@, or the number of a
-- switchboard. And a row an account or a domain of e-mail addresses with more
-- contacts than policy.name_comparison_limit, whose names are compared for being
-- the same, not for being alike. contact_duplicates takes none of these as
-- evidence.
--
-- requires: contact_keys policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW shared_contact_keys WITH (security_invoker = true) AS
SELECT fact.kind,
	fact.key,
	fact.account_id,
	fact.contacts::integer AS contacts,
	CASE
		WHEN fact.kind = ANY (ARRAY['account', 'domain']) THEN 'more contacts than policy.name_comparison_limit: names that are alike are not looked for'
		ELSE 'more contacts than policy.key_sharing_limit: that they have it in common tells nothing'
	END AS reason
FROM (
	SELECT shared.kind,
		shared.key,
		shared.account_id,
		count(*) AS contacts
	FROM contact_keys
	CROSS JOIN LATERAL (
		VALUES ('e-mail', contact_keys.email_key, NULL), ('phone', contact_keys.phone_key, NULL),
			('name', CASE WHEN contact_keys.account_id IS NOT NULL THEN contact_keys.name_key END, contact_keys.account_id),
			('account', contact_keys.account_id, contact_keys.account_id), ('domain', contact_keys.email_domain, NULL)
	) AS shared (kind, key, account_id)
	WHERE shared.key IS NOT NULL
	GROUP BY shared.kind, shared.key, shared.account_id
) AS fact
CROSS JOIN (
	SELECT coalesce(max(key_sharing_limit), 5) AS key_limit,
		coalesce(max(name_comparison_limit), 100) AS name_limit
	FROM policy
) AS settings
WHERE fact.contacts > CASE WHEN fact.kind = ANY (ARRAY['account', 'domain']) THEN settings.name_limit ELSE settings.key_limit END;
COMMENT ON VIEW shared_contact_keys IS
'Which addresses, numbers and names are shared by so many contacts that they tell nobody apart? A row each; contact_duplicates does not take them as evidence.';
COMMENT ON COLUMN shared_contact_keys.kind IS 'e-mail, phone, or name (at one account); account, domain: so many contacts that their names are not looked through for alike ones.';
COMMENT ON COLUMN shared_contact_keys.key IS 'The address, number or name, as in contact_keys; the account; the domain.';
COMMENT ON COLUMN shared_contact_keys.account_id IS 'The account of a name or of an account; NULL for the others.';
COMMENT ON COLUMN shared_contact_keys.contacts IS 'How many contacts have it.';
COMMENT ON COLUMN shared_contact_keys.reason IS 'What follows, in words.';
