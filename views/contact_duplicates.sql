-- contact_duplicates: which two contacts are the same person, and which of them is
-- to be kept?
--
-- A row a pair of contacts that were known as of clientele.as_of() and have an
-- e-mail address, a telephone number or a name in common, as contact_keys writes
-- them; whoever has left is among them. A key that more contacts have than
-- policy.key_sharing_limit is no evidence; shared_contact_keys lists those.
--
-- Names are compared at one account, and of one domain of e-mail addresses across
-- accounts, if they have two words or more. Alike are those whose name_similarity,
-- that of pg_trgm, reaches policy.name_similarity; without pg_trgm only the same
-- name is found. To save time two names are compared when the first or last word
-- of the one begins with the two letters of that of the other, and the account or
-- domain has at most policy.name_comparison_limit contacts.
--
-- Each kind of evidence leaves some doubt, the doubts are multiplied, and the score
-- is what is missing to 1: 1 - (1 - email_evidence) (1 - phone_evidence)
-- (1 - name_evidence x similarity), of what there is. Names that have nothing in
-- common halve it: two people with one mailbox.
--
-- requires: contact_keys contact account policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW contact_duplicates WITH (security_invoker = true) AS
WITH settings AS (
	SELECT coalesce(max(key_sharing_limit), 5) AS key_limit,
		coalesce(max(name_comparison_limit), 100) AS name_limit,
		coalesce(max(name_similarity), 0.55) AS similarity,
		coalesce(max(email_evidence), 0.9) AS email_evidence,
		coalesce(max(phone_evidence), 0.6) AS phone_evidence,
		coalesce(max(name_evidence), 0.6) AS name_evidence,
		coalesce(max(duplicate_score), 0.5) AS duplicate_score
	FROM policy
), known AS MATERIALIZED (
	SELECT contact_id,
		account_id,
		email_key,
		email_domain,
		phone_key,
		name_key,
		CASE WHEN name_key LIKE '% %' THEN left(name_key, 2) END AS first_letters,
		CASE WHEN name_key LIKE '% %' THEN left(split_part(name_key, ' ', -1), 2) END AS last_letters
	FROM contact_keys
), together AS (
	-- who has a key in common, as arrays: pairs are made within them, so that
	-- nothing is joined of which the server cannot tell how many rows it has
	SELECT 'e-mail' AS evidence,
		true AS is_same,
		array_agg(contact_id ORDER BY contact_id COLLATE "C") AS contact_ids,
		NULL::text[] AS account_ids,
		array_agg(name_key ORDER BY contact_id COLLATE "C") AS name_keys,
		NULL::text[] AS first_letters,
		NULL::text[] AS last_letters
	FROM known
	WHERE email_key IS NOT NULL
	GROUP BY email_key
	HAVING count(*) BETWEEN 2 AND (SELECT key_limit FROM settings)
	UNION ALL
	SELECT 'phone' AS evidence,
		true AS is_same,
		array_agg(contact_id ORDER BY contact_id COLLATE "C") AS contact_ids,
		NULL::text[] AS account_ids,
		array_agg(name_key ORDER BY contact_id COLLATE "C") AS name_keys,
		NULL::text[] AS first_letters,
		NULL::text[] AS last_letters
	FROM known
	WHERE phone_key IS NOT NULL
	GROUP BY phone_key
	HAVING count(*) BETWEEN 2 AND (SELECT key_limit FROM settings)
	UNION ALL
	SELECT 'name' AS evidence,
		true AS is_same,
		array_agg(contact_id ORDER BY contact_id COLLATE "C") AS contact_ids,
		NULL::text[] AS account_ids,
		array_agg(name_key ORDER BY contact_id COLLATE "C") AS name_keys,
		NULL::text[] AS first_letters,
		NULL::text[] AS last_letters
	FROM known
	WHERE account_id IS NOT NULL
		AND first_letters IS NOT NULL
	GROUP BY account_id, name_key
	HAVING count(*) BETWEEN 2 AND (SELECT key_limit FROM settings)
	UNION ALL
	-- names that are alike: at one account
	SELECT 'account' AS evidence,
		false AS is_same,
		array_agg(contact_id ORDER BY contact_id COLLATE "C") AS contact_ids,
		array_agg(account_id ORDER BY contact_id COLLATE "C") AS account_ids,
		array_agg(name_key ORDER BY contact_id COLLATE "C") AS name_keys,
		array_agg(first_letters ORDER BY contact_id COLLATE "C") AS first_letters,
		array_agg(last_letters ORDER BY contact_id COLLATE "C") AS last_letters
	FROM known
	WHERE account_id IS NOT NULL
	GROUP BY account_id
	HAVING count(first_letters) > 1
		AND count(*) <= (SELECT name_limit FROM settings)
	UNION ALL
	-- and across accounts, of one domain of addresses
	SELECT 'domain' AS evidence,
		false AS is_same,
		array_agg(contact_id ORDER BY contact_id COLLATE "C") AS contact_ids,
		array_agg(account_id ORDER BY contact_id COLLATE "C") AS account_ids,
		array_agg(name_key ORDER BY contact_id COLLATE "C") AS name_keys,
		array_agg(first_letters ORDER BY contact_id COLLATE "C") AS first_letters,
		array_agg(last_letters ORDER BY contact_id COLLATE "C") AS last_letters
	FROM known
	WHERE email_domain IS NOT NULL
	GROUP BY email_domain
	HAVING count(first_letters) > 1
		AND count(*) <= (SELECT name_limit FROM settings)
		-- more than one account, or none
		AND (min(account_id) <> max(account_id) OR count(account_id) < count(*))
), found AS (
	SELECT one.contact_id,
		other.contact_id AS other_contact_id,
		one.name_key,
		other.name_key AS other_name_key,
		together.evidence
	FROM together
	CROSS JOIN LATERAL unnest(together.contact_ids, together.name_keys) WITH ORDINALITY AS one (contact_id, name_key, place)
	JOIN LATERAL unnest(together.contact_ids, together.name_keys) WITH ORDINALITY AS other (contact_id, name_key, place) ON other.place > one.place
	WHERE together.is_same
	UNION ALL
	SELECT one.contact_id,
		other.contact_id AS other_contact_id,
		one.name_key,
		other.name_key AS other_name_key,
		'name' AS evidence
	FROM together
	CROSS JOIN LATERAL unnest(together.contact_ids, together.account_ids, together.name_keys, together.first_letters, together.last_letters)
		WITH ORDINALITY AS one (contact_id, account_id, name_key, first_letters, last_letters, place)
	JOIN LATERAL unnest(together.contact_ids, together.account_ids, together.name_keys, together.first_letters, together.last_letters)
		WITH ORDINALITY AS other (contact_id, account_id, name_key, first_letters, last_letters, place) ON other.place > one.place
	WHERE NOT together.is_same
		AND (one.first_letters = ANY (ARRAY[other.first_letters, other.last_letters]) OR one.last_letters = ANY (ARRAY[other.first_letters, other.last_letters]))
		AND CASE together.evidence
			-- the same name at one account is found above
			WHEN 'account' THEN one.name_key <> other.name_key
			ELSE coalesce(one.account_id <> other.account_id, true)
		END
		AND CASE WHEN one.name_key = other.name_key THEN true
			ELSE clientele.name_similarity(one.name_key, other.name_key) >= (SELECT similarity FROM settings)
		END
), pair AS (
	SELECT found.contact_id,
		found.other_contact_id,
		min(found.name_key) AS name_key,
		min(found.other_name_key) AS other_name_key,
		bool_or(found.evidence = 'e-mail') AS is_same_email,
		bool_or(found.evidence = 'phone') AS is_same_phone,
		bool_or(found.evidence = 'name') AS is_name_alike
	FROM found
	GROUP BY found.contact_id, found.other_contact_id
), judged AS (
	SELECT pair.contact_id,
		pair.other_contact_id,
		pair.is_same_email,
		pair.is_same_phone,
		alike.similarity,
		alike.is_other_name,
		1 - (1 - CASE WHEN pair.is_same_email THEN settings.email_evidence ELSE 0 END)
			* (1 - CASE WHEN pair.is_same_phone THEN settings.phone_evidence ELSE 0 END)
			* (1 - CASE WHEN pair.is_name_alike OR alike.similarity >= settings.similarity THEN settings.name_evidence * alike.similarity ELSE 0 END) AS score
	FROM pair
	CROSS JOIN settings
	CROSS JOIN LATERAL (
		SELECT CASE WHEN pair.name_key = pair.other_name_key THEN 1 ELSE clientele.name_similarity(pair.name_key, pair.other_name_key) END AS similarity,
			coalesce(NOT string_to_array(pair.name_key, ' ') && string_to_array(pair.other_name_key, ' ')
				AND coalesce(clientele.name_similarity(pair.name_key, pair.other_name_key) < settings.similarity, true), false) AS is_other_name
	) AS alike
), filled AS (
	SELECT contact.contact_id,
		contact.account_id,
		contact.name,
		contact.created_at,
		coalesce(contact.created_at, 'infinity') AS known_since,
		coalesce(contact.left_at > clientele.as_of(), true) AND contact.is_active IS NOT FALSE AS is_there,
		num_nonnulls(nullif(btrim(contact.name), ''), nullif(btrim(contact.email), ''), nullif(btrim(contact.phone), ''), nullif(btrim(contact.title), ''),
			nullif(btrim(contact.role), ''), nullif(btrim(contact.seniority), ''), nullif(btrim(contact.department), ''), contact.account_id) AS fields
	FROM contact
)
SELECT keep.account_id,
	account.name,
	keep.contact_id,
	keep.name AS contact_name,
	merge.contact_id AS other_contact_id,
	merge.name AS other_contact_name,
	merge.account_id AS other_account_id,
	other_account.name AS other_name,
	judged.is_same_email,
	judged.is_same_phone,
	round(judged.similarity::numeric, 4)::float8 AS name_similarity,
	round((CASE WHEN judged.is_other_name THEN judged.score / 2 ELSE judged.score END)::numeric, 4)::float8 AS score,
	CASE WHEN judged.is_other_name THEN judged.score / 2 ELSE judged.score END >= settings.duplicate_score - 1e-9 AS is_likely,
	keep.fields AS fields_filled,
	merge.fields AS other_fields_filled,
	keep.created_at,
	merge.created_at AS other_created_at,
	concat_ws('; ',
		CASE WHEN judged.is_same_email THEN 'the same e-mail address' END,
		CASE WHEN judged.is_same_phone THEN 'the same telephone number' END,
		CASE WHEN judged.similarity = 1 THEN 'the same name' WHEN judged.similarity >= settings.similarity THEN 'names that are alike' END,
		CASE WHEN judged.is_other_name THEN 'but names that have nothing in common' END,
		CASE WHEN keep.account_id <> merge.account_id THEN 'at two accounts' END,
		CASE WHEN keep.is_there AND NOT merge.is_there THEN 'the other has left' WHEN NOT keep.is_there THEN 'both have left' END) AS reason
FROM judged
CROSS JOIN settings
-- either way round, and the one where who is to be kept comes first: who is there,
-- of whom more is known, who was known before
CROSS JOIN LATERAL (
	VALUES (judged.contact_id, judged.other_contact_id), (judged.other_contact_id, judged.contact_id)
) AS side (keep_id, merge_id)
JOIN filled AS keep ON keep.contact_id = side.keep_id
JOIN filled AS merge ON merge.contact_id = side.merge_id
	AND (keep.is_there, keep.fields, merge.known_since, merge.contact_id COLLATE "C") > (merge.is_there, merge.fields, keep.known_since, keep.contact_id COLLATE "C")
LEFT JOIN account ON account.account_id = keep.account_id
LEFT JOIN account AS other_account ON other_account.account_id = merge.account_id;
COMMENT ON VIEW contact_duplicates IS
'Which two contacts are the same person, and which of them is to be kept? A row a pair; WHERE is_likely ORDER BY score DESC is the work list, and contact_duplicate_groups what to merge.';
COMMENT ON COLUMN contact_duplicates.account_id IS 'The account of the contact to be kept, as of today; NULL: none.';
COMMENT ON COLUMN contact_duplicates.name IS 'That account''s name.';
COMMENT ON COLUMN contact_duplicates.contact_id IS 'The contact to be kept: who is there rather than who has left, then of whom more fields are filled, then who was known first.';
COMMENT ON COLUMN contact_duplicates.contact_name IS 'Its name.';
COMMENT ON COLUMN contact_duplicates.other_contact_id IS 'The contact to be merged into it.';
COMMENT ON COLUMN contact_duplicates.other_contact_name IS 'Its name.';
COMMENT ON COLUMN contact_duplicates.other_account_id IS 'The account of the other contact, as of today; NULL: none.';
COMMENT ON COLUMN contact_duplicates.other_name IS 'That account''s name.';
COMMENT ON COLUMN contact_duplicates.is_same_email IS 'Whether both have the same e-mail address, as contact_keys writes it.';
COMMENT ON COLUMN contact_duplicates.is_same_phone IS 'Whether both have the same telephone number, as contact_keys writes it.';
COMMENT ON COLUMN contact_duplicates.name_similarity IS 'How alike the names are, from 0 to 1 (pg_trgm); 1: the same. NULL: a name is missing, or they differ and pg_trgm is not installed.';
COMMENT ON COLUMN contact_duplicates.score IS 'How sure that is, from 0 to 1: the evidence by policy, together; half of that when the names have nothing in common.';
COMMENT ON COLUMN contact_duplicates.is_likely IS 'Whether the score reaches policy.duplicate_score.';
COMMENT ON COLUMN contact_duplicates.fields_filled IS 'How many of eight are filled: name, e-mail, phone, title, role, seniority, department, account.';
COMMENT ON COLUMN contact_duplicates.other_fields_filled IS 'The same of the other contact.';
COMMENT ON COLUMN contact_duplicates.created_at IS 'When the contact to be kept came to be known.';
COMMENT ON COLUMN contact_duplicates.other_created_at IS 'When the other did.';
COMMENT ON COLUMN contact_duplicates.reason IS 'Why they are taken to be the same, and what speaks against it, in words.';
