-- profile_completeness: how much of what we should know of this account do we
-- know, and what is to be asked for next?
--
-- A row an account that was known as of clientele.as_of(). Each field of
-- policy.profile_fields that can be asked of the account has a share: 0 or 1, or
-- the part of its contacts or purchases that has it. The share of a class, and of
-- all, is the mean of those of its fields, so that a field counts the same however
-- many contacts there are. What the fields are stands in profile_facts.
--
-- requires: profile_facts policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW profile_completeness WITH (security_invoker = true) AS
SELECT fact.account_id,
	fact.name,
	fact.segment,
	fact.contacts,
	told.fields_asked::integer AS fields_asked,
	told.fields_filled,
	told.share,
	(SELECT chr(65 + count(*)::integer) FROM unnest(settings.grades) AS cut WHERE told.share < cut - 1e-9 HAVING told.share IS NOT NULL) AS grade,
	told.firmographic_share,
	told.demographic_share,
	told.behavioural_share,
	told.transactional_share,
	nullif(concat_ws(', ', CASE WHEN told.is_anybody_missing THEN 'a contact' END, told.missing), '') AS missing,
	CASE WHEN told.is_anybody_missing THEN 'a contact' ELSE told.ask_for END AS ask_for,
	CASE
		WHEN told.fields_asked = 0 THEN 'policy.profile_fields asks for nothing of it'
		WHEN told.is_anybody_missing THEN 'no contact is known'
	END AS reason
FROM profile_facts AS fact
CROSS JOIN (
	SELECT coalesce(max(profile_fields), ARRAY['contact name', 'role', 'e-mail', 'phone', 'industry', 'employees', 'country', 'title',
			'account name', 'annual revenue', 'territory', 'seniority', 'department',
			'touch', 'answer', 'interest', 'use', 'offer', 'amount', 'product', 'list price', 'cost']) AS fields,
		coalesce(max(profile_grades), ARRAY[0.9::float8, 0.75::float8, 0.6::float8, 0.4::float8]) AS grades
	FROM policy
) AS settings
CROSS JOIN LATERAL (
	SELECT count(*) AS fields_asked,
		coalesce(sum(field.share), 0) AS fields_filled,
		sum(field.share) / count(*) AS share,
		sum(field.share) FILTER (WHERE field.class = 'firmographic') / count(*) FILTER (WHERE field.class = 'firmographic') AS firmographic_share,
		sum(field.share) FILTER (WHERE field.class = 'demographic') / count(*) FILTER (WHERE field.class = 'demographic') AS demographic_share,
		sum(field.share) FILTER (WHERE field.class = 'behavioural') / count(*) FILTER (WHERE field.class = 'behavioural') AS behavioural_share,
		sum(field.share) FILTER (WHERE field.class = 'transactional') / count(*) FILTER (WHERE field.class = 'transactional') AS transactional_share,
		coalesce(bool_or(field.class = 'demographic' AND fact.contacts = 0), false) AS is_anybody_missing,
		string_agg(field.words, ', ' ORDER BY field.place) FILTER (WHERE field.share < 1 AND NOT (field.class = 'demographic' AND fact.contacts = 0)) AS missing,
		(array_agg(field.words ORDER BY field.place) FILTER (WHERE field.share < 1 AND field.class = ANY (ARRAY['firmographic', 'demographic'])))[1] AS ask_for
	FROM (
		SELECT one.class,
			array_position(settings.fields, one.field) AS place,
			coalesce(one.filled, 0)::float8 / one.possible AS share,
			CASE
				WHEN one.possible = 1 OR coalesce(one.filled, 0) = one.possible THEN one.field
				ELSE format('%s (of %s of %s %s)', one.field, one.possible - coalesce(one.filled, 0), one.possible,
					CASE WHEN one.class = 'demographic' THEN 'contacts' ELSE 'purchases' END)
			END AS words
		-- nobody known: one contact is asked for
		FROM (VALUES
			('firmographic', 'account name', fact.account_name, 1),
			('firmographic', 'industry', fact.industry, 1),
			('firmographic', 'employees', fact.employees, 1),
			('firmographic', 'annual revenue', fact.annual_revenue, 1),
			('firmographic', 'country', fact.country, 1),
			('firmographic', 'territory', fact.territory, 1),
			('demographic', 'contact name', fact.contact_name, greatest(fact.contacts, 1)),
			('demographic', 'title', fact.title, greatest(fact.contacts, 1)),
			('demographic', 'role', fact.role, greatest(fact.contacts, 1)),
			('demographic', 'seniority', fact.seniority, greatest(fact.contacts, 1)),
			('demographic', 'department', fact.department, greatest(fact.contacts, 1)),
			('demographic', 'e-mail', fact.email, greatest(fact.contacts, 1)),
			('demographic', 'phone', fact.phone, greatest(fact.contacts, 1)),
			('behavioural', 'touch', fact.touch, 1),
			('behavioural', 'answer', fact.answer, 1),
			('behavioural', 'interest', fact.interest, 1),
			('behavioural', 'use', fact.use, CASE WHEN fact.use IS NOT NULL THEN 1 END),
			('transactional', 'offer', fact.offer, 1),
			('transactional', 'amount', fact.amount, fact.sales),
			('transactional', 'product', fact.product, fact.sales),
			('transactional', 'list price', fact.list_price, fact.purchases),
			('transactional', 'cost', fact.cost, fact.purchases)
		) AS one (class, field, filled, possible)
		WHERE one.possible > 0
			AND one.field = ANY (settings.fields)
	) AS field
) AS told;
COMMENT ON VIEW profile_completeness IS
'How much of what we should know of this account do we know, and what is to be asked for next? A row an account.';
COMMENT ON COLUMN profile_completeness.account_id IS 'The account.';
COMMENT ON COLUMN profile_completeness.name IS 'Its name.';
COMMENT ON COLUMN profile_completeness.segment IS 'customer, former customer or prospect; see account_segment.';
COMMENT ON COLUMN profile_completeness.contacts IS 'Contacts that are known there and have not left.';
COMMENT ON COLUMN profile_completeness.fields_asked IS 'How many fields of policy.profile_fields are asked of it: of one that never bought no use and no prices are.';
COMMENT ON COLUMN profile_completeness.fields_filled IS 'How many of them are filled; one that some of its contacts or purchases have, counts in part.';
COMMENT ON COLUMN profile_completeness.share IS 'Share of the fields that is filled, as a fraction.';
COMMENT ON COLUMN profile_completeness.grade IS 'A, B, C, ...: by policy.profile_grades, A from the first on.';
COMMENT ON COLUMN profile_completeness.firmographic_share IS 'Of the fields of the company: account name, industry, employees, annual revenue, country, territory. NULL: none is asked for.';
COMMENT ON COLUMN profile_completeness.demographic_share IS 'Of those of its people: contact name, title, role, seniority, department, e-mail, phone. 0 if nobody is known.';
COMMENT ON COLUMN profile_completeness.behavioural_share IS 'Of what they did: touch, answer, interest, use.';
COMMENT ON COLUMN profile_completeness.transactional_share IS 'Of what was offered and bought: offer, amount, product, list price, cost.';
COMMENT ON COLUMN profile_completeness.missing IS 'What is not filled, in words, in the order of policy.profile_fields; NULL: nothing.';
COMMENT ON COLUMN profile_completeness.ask_for IS 'What to ask for next: the first of those that one can ask for, a field of the company or of its people; NULL: nothing.';
COMMENT ON COLUMN profile_completeness.reason IS 'What the shares rest on too little; NULL if nothing.';
