-- profile_facts: which fields of each account are filled, one by one?
--
-- A row an account that was known as of clientele.as_of(), with what
-- profile_completeness and profile_completeness_by_segment make shares of.
--
-- A text is filled if it is more than blanks and none of policy.placeholders; a
-- number if it is above 0. Fields of contacts are counted over the contacts that
-- are still there, those of purchases over purchases and subscriptions. What an
-- account cannot have is not asked for: of one that never bought no use and no
-- prices, of one without a purchase no cost and no list price. What the CRM
-- overwrites (fields of accounts and contacts, is_active) is that of today.
--
-- requires: account_segment account contact touchpoint lead opportunity usage quote purchase subscription policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW profile_facts WITH (security_invoker = true) AS
SELECT account.account_id,
	account.name,
	segment.segment,
	coalesce(person.contacts, 0)::integer AS contacts,
	(lower(btrim(account.name)) <> ALL (settings.blanks))::integer AS account_name,
	(lower(btrim(account.industry)) <> ALL (settings.blanks))::integer AS industry,
	(account.employees > 0)::integer AS employees,
	(account.annual_revenue > 0)::integer AS annual_revenue,
	(lower(btrim(account.country)) <> ALL (settings.blanks))::integer AS country,
	(lower(btrim(account.territory)) <> ALL (settings.blanks))::integer AS territory,
	coalesce(person.names, 0)::integer AS contact_name,
	coalesce(person.titles, 0)::integer AS title,
	coalesce(person.roles, 0)::integer AS role,
	coalesce(person.seniorities, 0)::integer AS seniority,
	coalesce(person.departments, 0)::integer AS department,
	coalesce(person.emails, 0)::integer AS email,
	coalesce(person.phones, 0)::integer AS phone,
	(touched.account_id IS NOT NULL)::integer AS touch,
	coalesce(touched.is_answered, false)::integer AS answer,
	(asked.account_id IS NOT NULL OR offered.is_interested IS NOT NULL)::integer AS interest,
	CASE WHEN segment.segment <> 'prospect' THEN (used.account_id IS NOT NULL)::integer END AS use,
	coalesce(offered.is_offered, false)::integer AS offer,
	coalesce(bought.purchases, 0)::integer AS purchases,
	(coalesce(bought.purchases, 0) + coalesce(contract.subscriptions, 0))::integer AS sales,
	(coalesce(bought.amounts, 0) + coalesce(contract.amounts, 0))::integer AS amount,
	(coalesce(bought.products, 0) + coalesce(contract.products, 0))::integer AS product,
	coalesce(bought.list_amounts, 0)::integer AS list_price,
	coalesce(bought.costs, 0)::integer AS cost
FROM account
JOIN account_segment AS segment ON segment.account_id = account.account_id
CROSS JOIN (
	SELECT lower((array_remove(coalesce(max(placeholders), ARRAY['n/a', 'na', 'none', 'unknown', 'tbd', 'test', '-', '--', '.', '?', 'x']), NULL) || ARRAY[''])::text)::text[] AS blanks
	FROM policy
) AS settings
LEFT JOIN (
	SELECT contact.account_id,
		count(*) AS contacts,
		count(*) FILTER (WHERE lower(btrim(contact.name)) <> ALL (settings.blanks)) AS names,
		count(*) FILTER (WHERE lower(btrim(contact.title)) <> ALL (settings.blanks)) AS titles,
		count(*) FILTER (WHERE lower(btrim(contact.role)) <> ALL (settings.blanks)) AS roles,
		count(*) FILTER (WHERE lower(btrim(contact.seniority)) <> ALL (settings.blanks)) AS seniorities,
		count(*) FILTER (WHERE lower(btrim(contact.department)) <> ALL (settings.blanks)) AS departments,
		count(*) FILTER (WHERE lower(btrim(contact.email)) <> ALL (settings.blanks)) AS emails,
		count(*) FILTER (WHERE lower(btrim(contact.phone)) <> ALL (settings.blanks)) AS phones
	FROM contact
	CROSS JOIN (
		SELECT lower((array_remove(coalesce(max(placeholders), ARRAY['n/a', 'na', 'none', 'unknown', 'tbd', 'test', '-', '--', '.', '?', 'x']), NULL) || ARRAY[''])::text)::text[] AS blanks
		FROM policy
	) AS settings
	WHERE coalesce(contact.created_at <= clientele.as_of(), true)
		AND coalesce(contact.left_at > clientele.as_of(), true)
		AND contact.is_active IS NOT FALSE
	GROUP BY contact.account_id
) AS person ON person.account_id = account.account_id
LEFT JOIN (
	SELECT touchpoint.account_id,
		bool_or(touchpoint.direction = 'inbound' OR touchpoint.outcome = ANY (ARRAY['connected', 'replied', 'attended'])) AS is_answered
	FROM touchpoint
	WHERE touchpoint.occurred_at <= clientele.as_of()
		AND coalesce(touchpoint.outcome, '') <> ALL (ARRAY['attempted', 'bounced'])
	GROUP BY touchpoint.account_id
) AS touched ON touched.account_id = account.account_id
LEFT JOIN (
	SELECT lead.account_id
	FROM lead
	WHERE lead.created_at <= clientele.as_of()
	GROUP BY lead.account_id
) AS asked ON asked.account_id = account.account_id
LEFT JOIN (
	SELECT made.account_id,
		bool_or(made.is_opportunity) AS is_interested,
		bool_or(made.is_offered) AS is_offered
	FROM (
		SELECT opportunity.account_id,
			true AS is_opportunity,
			opportunity.amount > 0 AS is_offered
		FROM opportunity
		WHERE opportunity.opened_at <= clientele.as_of()
		UNION ALL
		SELECT quote.account_id,
			NULL AS is_opportunity,
			true AS is_offered
		FROM quote
		WHERE quote.quoted_at <= clientele.as_of()
	) AS made
	GROUP BY made.account_id
) AS offered ON offered.account_id = account.account_id
LEFT JOIN (
	SELECT usage.account_id
	FROM usage
	WHERE usage.used_on <= clientele.as_of_date()
	GROUP BY usage.account_id
) AS used ON used.account_id = account.account_id
LEFT JOIN (
	SELECT purchase.account_id,
		count(*) AS purchases,
		count(purchase.amount) AS amounts,
		count(purchase.product_id) AS products,
		count(*) FILTER (WHERE purchase.list_amount > 0) AS list_amounts,
		count(purchase.cost) AS costs
	FROM purchase
	WHERE purchase.purchased_at <= clientele.as_of()
		AND coalesce(purchase.amount, 0) >= 0
	GROUP BY purchase.account_id
) AS bought ON bought.account_id = account.account_id
LEFT JOIN (
	SELECT subscription.account_id,
		count(*) AS subscriptions,
		count(subscription.monthly_amount) AS amounts,
		count(subscription.product_id) AS products
	FROM subscription
	WHERE coalesce(subscription.starts_on, '-infinity') <= clientele.as_of_date()
	GROUP BY subscription.account_id
) AS contract ON contract.account_id = account.account_id;
COMMENT ON VIEW profile_facts IS
'Which fields of each account are filled, one by one? A row an account; profile_completeness says what it comes to.';
COMMENT ON COLUMN profile_facts.account_id IS 'The account.';
COMMENT ON COLUMN profile_facts.name IS 'Its name.';
COMMENT ON COLUMN profile_facts.segment IS 'customer, former customer or prospect; see account_segment.';
COMMENT ON COLUMN profile_facts.contacts IS 'Contacts that are known there and have not left.';
COMMENT ON COLUMN profile_facts.account_name IS 'Firmographic: 1 if the field is filled; 0 or NULL if not.';
COMMENT ON COLUMN profile_facts.industry IS 'Firmographic: 1 if the field is filled; 0 or NULL if not.';
COMMENT ON COLUMN profile_facts.employees IS 'Firmographic: 1 if the number is above 0; 0 or NULL if not.';
COMMENT ON COLUMN profile_facts.annual_revenue IS 'Firmographic: 1 if the number is above 0; 0 or NULL if not.';
COMMENT ON COLUMN profile_facts.country IS 'Firmographic: 1 if the field is filled; 0 or NULL if not.';
COMMENT ON COLUMN profile_facts.territory IS 'Firmographic: 1 if the field is filled; 0 or NULL if not.';
COMMENT ON COLUMN profile_facts.contact_name IS 'Demographic: how many of its contacts have the field.';
COMMENT ON COLUMN profile_facts.title IS 'Demographic: how many of its contacts have the field.';
COMMENT ON COLUMN profile_facts.role IS 'Demographic: how many of its contacts have the field.';
COMMENT ON COLUMN profile_facts.seniority IS 'Demographic: how many of its contacts have the field.';
COMMENT ON COLUMN profile_facts.department IS 'Demographic: how many of its contacts have the field.';
COMMENT ON COLUMN profile_facts.email IS 'Demographic: how many of its contacts have the field e-mail.';
COMMENT ON COLUMN profile_facts.phone IS 'Demographic: how many of its contacts have the field.';
COMMENT ON COLUMN profile_facts.touch IS 'Behavioural: 1 if a touch came through: of any outcome but attempted and bounced; else 0.';
COMMENT ON COLUMN profile_facts.answer IS 'Behavioural: 1 if they were heard from: they approached the company, spoke, replied or came; else 0.';
COMMENT ON COLUMN profile_facts.interest IS 'Behavioural: 1 if there is a lead or an opportunity; else 0.';
COMMENT ON COLUMN profile_facts.use IS 'Behavioural: 1 if use of what was bought is known; else 0. NULL: a prospect, of which it is not asked.';
COMMENT ON COLUMN profile_facts.offer IS 'Transactional: 1 if there is a quote, or an opportunity with an amount; else 0.';
COMMENT ON COLUMN profile_facts.purchases IS 'Number of purchases; refunds do not count.';
COMMENT ON COLUMN profile_facts.sales IS 'Number of purchases and subscriptions.';
COMMENT ON COLUMN profile_facts.amount IS 'Transactional: how many of the purchases and subscriptions have an amount.';
COMMENT ON COLUMN profile_facts.product IS 'Transactional: how many of the purchases and subscriptions have a product.';
COMMENT ON COLUMN profile_facts.list_price IS 'Transactional: how many of the purchases have a list price above 0.';
COMMENT ON COLUMN profile_facts.cost IS 'Transactional: how many of the purchases have a cost.';
