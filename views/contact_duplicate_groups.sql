-- contact_duplicate_groups: which contacts are to be merged into which?
--
-- A row a contact that is likely to be the same person as another, as of
-- clientele.as_of(): pairs of contact_duplicates whose score reaches
-- policy.duplicate_score, taken together. Of three, of whom the first is the second
-- and the second the third, all are one, though nothing was found between the
-- first and the third. To know a contact's group all pairs are read.
--
-- requires: contact_duplicates contact touchpoint
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW contact_duplicate_groups WITH (security_invoker = true) AS
WITH RECURSIVE pair AS MATERIALIZED (
	SELECT contact_id, other_contact_id
	FROM contact_duplicates
	WHERE is_likely
), link AS MATERIALIZED (
	SELECT contact_id, other_contact_id FROM pair
	UNION ALL
	SELECT other_contact_id AS contact_id, contact_id AS other_contact_id FROM pair
), reached (contact_id, member_id) AS (
	SELECT contact_id, contact_id AS member_id FROM link
	UNION
	SELECT reached.contact_id, link.other_contact_id AS member_id
	FROM reached
	JOIN link ON link.contact_id = reached.member_id
), grouped AS (
	SELECT contact_id,
		min(member_id COLLATE "C") AS mark,
		count(*) AS contacts
	FROM reached
	GROUP BY contact_id
), touched AS (
	SELECT touchpoint.contact_id,
		count(*) AS touches,
		max(touchpoint.occurred_at) AS last_touched_at
	FROM grouped
	JOIN touchpoint ON touchpoint.contact_id = grouped.contact_id
	WHERE touchpoint.occurred_at <= clientele.as_of()
	GROUP BY touchpoint.contact_id
)
SELECT contact.account_id,
	first_value(contact.contact_id) OVER best_first AS group_id,
	grouped.contacts::integer AS contacts,
	contact.contact_id,
	contact.name AS contact_name,
	row_number() OVER best_first = 1 AS is_kept,
	contact.email,
	contact.phone,
	contact.title,
	contact.created_at,
	coalesce(touched.touches, 0)::integer AS touches,
	touched.last_touched_at
FROM grouped
JOIN contact ON contact.contact_id = grouped.contact_id
LEFT JOIN touched ON touched.contact_id = grouped.contact_id
WINDOW best_first AS (
	PARTITION BY grouped.mark
	ORDER BY coalesce(contact.left_at > clientele.as_of(), true) AND contact.is_active IS NOT FALSE DESC,
		num_nonnulls(nullif(btrim(contact.name), ''), nullif(btrim(contact.email), ''), nullif(btrim(contact.phone), ''), nullif(btrim(contact.title), ''),
			nullif(btrim(contact.role), ''), nullif(btrim(contact.seniority), ''), nullif(btrim(contact.department), ''), contact.account_id) DESC,
		coalesce(contact.created_at, 'infinity'),
		contact.contact_id COLLATE "C");
COMMENT ON VIEW contact_duplicate_groups IS
'Which contacts are to be merged into which? A row a contact that is likely to be the same person as another: pairs of contact_duplicates taken together.';
COMMENT ON COLUMN contact_duplicate_groups.account_id IS 'The contact''s account, as of today; NULL: none.';
COMMENT ON COLUMN contact_duplicate_groups.group_id IS 'The contact into which all of the group are to be merged; chosen as in contact_duplicates.';
COMMENT ON COLUMN contact_duplicate_groups.contacts IS 'How many contacts the group has.';
COMMENT ON COLUMN contact_duplicate_groups.contact_id IS 'The contact.';
COMMENT ON COLUMN contact_duplicate_groups.contact_name IS 'Its name.';
COMMENT ON COLUMN contact_duplicate_groups.is_kept IS 'True for the one to be kept.';
COMMENT ON COLUMN contact_duplicate_groups.email IS 'Its e-mail address, as written.';
COMMENT ON COLUMN contact_duplicate_groups.phone IS 'Its telephone number, as written.';
COMMENT ON COLUMN contact_duplicate_groups.title IS 'Its title.';
COMMENT ON COLUMN contact_duplicate_groups.created_at IS 'When it came to be known.';
COMMENT ON COLUMN contact_duplicate_groups.touches IS 'Touches with it so far, of any outcome.';
COMMENT ON COLUMN contact_duplicate_groups.last_touched_at IS 'When it was last touched.';
