-- contact_keys: by what can each contact be told to be the same person as
-- another?
--
-- A row a contact that was known as of clientele.as_of(), with what is written
-- differently made alike; a key is NULL where the field tells nobody apart.
-- e-mail: in lower case, without blanks, without what follows a + before the @
-- (the mailbox is the same); of gmail.com, which is googlemail.com, without the
-- dots that it does not read. Phone: the last policy.phone_digits digits, without
-- an extension and without (0), so that a prefix of the country or a 0 before the
-- number does not matter; shorter numbers tell nothing. Name: in lower case, words
-- apart by one blank, "Miller, Ann" as "ann miller"; none of policy.placeholders.
--
-- requires: contact policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW contact_keys WITH (security_invoker = true) AS
SELECT contact.contact_id,
	contact.account_id,
	CASE
		WHEN NOT address.is_one THEN NULL
		WHEN address.domain = 'gmail.com' THEN replace(address.mailbox, '.', '') || '@gmail.com'
		ELSE address.mailbox || '@' || address.domain
	END AS email_key,
	CASE WHEN address.is_one THEN address.domain END AS email_domain,
	CASE
		-- 00000000 and 99999999 are no numbers
		WHEN length(dialled.digits) >= settings.phone_digits
			AND btrim(right(dialled.digits, settings.phone_digits), right(dialled.digits, 1)) <> ''
			THEN right(dialled.digits, settings.phone_digits)
	END AS phone_key,
	CASE WHEN called.name <> '' AND lower(btrim(contact.name)) <> ALL (settings.blanks) THEN called.name END AS name_key
FROM contact
CROSS JOIN (
	SELECT coalesce(max(phone_digits), 8) AS phone_digits,
		lower((array_remove(coalesce(max(placeholders), ARRAY['n/a', 'na', 'none', 'unknown', 'tbd', 'test', '-', '--', '.', '?', 'x']), NULL) || ARRAY[''])::text)::text[] AS blanks
	FROM policy
) AS settings
CROSS JOIN LATERAL (
	-- OFFSET 0, here and below: what is worked out is used several times
	SELECT lower(btrim(contact.email)) AS email
	OFFSET 0
) AS written
CROSS JOIN LATERAL (
	SELECT coalesce(nullif(split_part(split_part(written.email, '@', 1), '+', 1), ''), split_part(written.email, '@', 1)) AS mailbox,
		CASE WHEN written.email LIKE '%@googlemail.com' THEN 'gmail.com' ELSE split_part(written.email, '@', 2) END AS domain,
		-- one @ with something on both sides of it
		written.email LIKE '_%@_%' AND written.email NOT LIKE '%@%@%' AS is_one
	OFFSET 0
) AS address
CROSS JOIN LATERAL (
	-- up to the x of 5x7, ext. 7 and the like; no regular expressions here, which are
	-- ten times as slow
	SELECT replace(split_part(split_part(split_part(split_part(lower(contact.phone), 'x', 1), ';', 1), ',', 1), '#', 1), '(0)', '') AS number
	OFFSET 0
) AS given
CROSS JOIN LATERAL (
	-- what is left of it without all that is no digit
	SELECT translate(given.number, translate(given.number, '0123456789', ''), '') AS digits
	OFFSET 0
) AS dialled
CROSS JOIN LATERAL (
	SELECT btrim(translate(lower(CASE WHEN contact.name LIKE '%,%' THEN split_part(contact.name, ',', 2) || ' ' || split_part(contact.name, ',', 1) ELSE contact.name END),
		E'\t\n.,;:''"()_/-', '             ')) AS name
	OFFSET 0
) AS plain
CROSS JOIN LATERAL (
	SELECT CASE WHEN plain.name LIKE '%  %' THEN regexp_replace(plain.name, '  +', ' ', 'g') ELSE plain.name END AS name
	OFFSET 0
) AS called
WHERE coalesce(contact.created_at <= clientele.as_of(), true);
COMMENT ON VIEW contact_keys IS
'By what can each contact be told to be the same person as another? A row a contact; contact_duplicates compares them.';
COMMENT ON COLUMN contact_keys.contact_id IS 'The contact.';
COMMENT ON COLUMN contact_keys.account_id IS 'Its account, as of today.';
COMMENT ON COLUMN contact_keys.email_key IS 'Its e-mail address in lower case, without what follows a + before the @; at gmail.com without dots. NULL: none, or what is written is no address.';
COMMENT ON COLUMN contact_keys.email_domain IS 'What follows the @.';
COMMENT ON COLUMN contact_keys.phone_key IS 'The last policy.phone_digits digits of its telephone number, without an extension; NULL: none, or not so many.';
COMMENT ON COLUMN contact_keys.name_key IS 'Its name in lower case, first name first, without punctuation; NULL: none.';
