-- lead_features: what is known of each open lead, in one row, as the models of
-- leads want it?
--
-- lead_features_at(kind, lead, contact, account, moment) is the one place that
-- says what the features are: lead_features asks it as of clientele.as_of(),
-- lead_training as of policy.lead_landmark after each lead began. It reads no
-- touch, use, ticket, purchase or subscription of a later moment; what the CRM
-- overwrites (industry, employees, seniority) is as of today.
--
-- requires: all_leads contact account touchpoint usage ticket purchase subscription policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE FUNCTION lead_features_at(kind text, lead_id text, contact_id text, account_id text, moment timestamptz,
	OUT industry text, OUT country text, OUT company_size text, OUT employees integer, OUT is_key_account boolean,
	OUT seniority text, OUT role text, OUT department text,
	OUT inbound_touches integer, OUT replies integer, OUT meetings integer, OUT calls integer, OUT opened_messages integer, OUT bounces integer,
	OUT contacts_reached integer, OUT days_since_touch float8,
	OUT usage_days integer, OUT usage_share float8, OUT active_users integer,
	OUT open_tickets integer, OUT tickets integer, OUT satisfaction float8,
	OUT purchases integer, OUT revenue float8, OUT days_since_purchase float8, OUT products_owned integer,
	OUT subscription_days_left integer, OUT segment text)
RETURNS SETOF record
LANGUAGE sql STABLE ROWS 1
BEGIN ATOMIC
	SELECT account.industry,
		account.country,
		clientele.company_size(account.employees),
		account.employees,
		account.is_key_account,
		contact.seniority,
		contact.role,
		contact.department,
		touched.inbound::integer,
		touched.replies::integer,
		touched.meetings::integer,
		touched.calls::integer,
		touched.opened::integer,
		touched.bounces::integer,
		touched.contacts::integer,
		extract(epoch FROM moment - touched.last_at)::float8 / 86400,
		CASE WHEN asked.of_account IS NOT NULL THEN used.days::integer END,
		used.share,
		used.users,
		served.running::integer,
		served.recent::integer,
		served.satisfaction,
		bought.purchases::integer,
		bought.revenue::float8,
		extract(epoch FROM moment - bought.last_at)::float8 / 86400,
		bought.products::integer,
		contract.days_left,
		asked.lead_segment || ': ' || CASE asked.lead_segment
			WHEN 'industry' THEN account.industry
			WHEN 'country' THEN account.country
			WHEN 'territory' THEN account.territory
			WHEN 'company_size' THEN clientele.company_size(account.employees)
		END
	FROM (SELECT policy.lead_segment,
			(lead_features_at.moment AT TIME ZONE 'UTC' - policy.signal_window) AT TIME ZONE 'UTC' AS since,
			(lead_features_at.moment AT TIME ZONE 'UTC' - policy.signal_window)::date AS since_day,
			(lead_features_at.moment AT TIME ZONE 'UTC')::date AS day,
			-- a prospect's lead is judged by what was done with it, a customer's by
			-- all that was done with the account
			CASE WHEN lead_features_at.kind = 'prospect' THEN lead_features_at.lead_id END AS of_lead,
			CASE WHEN lead_features_at.kind = 'prospect' THEN lead_features_at.contact_id END AS of_contact,
			CASE WHEN lead_features_at.kind <> 'prospect' THEN lead_features_at.account_id END AS of_account
		FROM (SELECT coalesce((SELECT policy.signal_window FROM policy LIMIT 1), '30 days') AS signal_window,
				(SELECT policy.lead_segment FROM policy LIMIT 1) AS lead_segment) AS policy) AS asked
	LEFT JOIN account ON account.account_id = lead_features_at.account_id
	LEFT JOIN contact ON contact.contact_id = lead_features_at.contact_id
	CROSS JOIN LATERAL (
		SELECT count(*) FILTER (WHERE touchpoint.direction = 'inbound') AS inbound,
			count(*) FILTER (WHERE touchpoint.direction = 'outbound' AND touchpoint.outcome = 'replied') AS replies,
			count(*) FILTER (WHERE touchpoint.outcome = 'attended') AS meetings,
			count(*) FILTER (WHERE touchpoint.direction = 'outbound' AND touchpoint.outcome = 'connected') AS calls,
			count(*) FILTER (WHERE touchpoint.outcome = 'opened') AS opened,
			count(*) FILTER (WHERE touchpoint.outcome = 'bounced') AS bounces,
			count(DISTINCT touchpoint.contact_id) FILTER (WHERE touchpoint.direction = 'inbound'
				OR touchpoint.outcome = ANY (ARRAY['connected', 'replied', 'attended'])) AS contacts,
			max(touchpoint.occurred_at) AS last_at
		FROM (
			-- not one condition with OR: where touchpoint is a view over a CRM, that
			-- would read all of it for each lead
			SELECT by_lead.contact_id, by_lead.direction, by_lead.outcome, by_lead.occurred_at
			FROM touchpoint AS by_lead
			WHERE by_lead.lead_id = asked.of_lead
			UNION ALL
			SELECT by_contact.contact_id, by_contact.direction, by_contact.outcome, by_contact.occurred_at
			FROM touchpoint AS by_contact
			WHERE by_contact.contact_id = asked.of_contact
				AND coalesce(by_contact.lead_id <> asked.of_lead, true)
			UNION ALL
			SELECT by_account.contact_id, by_account.direction, by_account.outcome, by_account.occurred_at
			FROM touchpoint AS by_account
			WHERE by_account.account_id = asked.of_account
		) AS touchpoint
		WHERE touchpoint.occurred_at > asked.since
			AND touchpoint.occurred_at <= lead_features_at.moment
	) AS touched
	CROSS JOIN LATERAL (
		-- NULL where nobody's use was measured by then: asked once, not once a lead
		SELECT CASE WHEN asked.day >= (SELECT min(any_use.used_on) FROM usage AS any_use) THEN count(DISTINCT usage.used_on) END AS days,
			(sum(usage.quantity) FILTER (WHERE usage.entitled_quantity > 0) / nullif(sum(usage.entitled_quantity), 0))::float8 AS share,
			max(usage.active_users) AS users
		FROM usage
		WHERE usage.account_id = asked.of_account
			AND usage.used_on > asked.since_day
			AND usage.used_on <= asked.day
	) AS used
	CROSS JOIN LATERAL (
		SELECT count(*) FILTER (WHERE ticket.closed_at IS NULL OR ticket.closed_at > lead_features_at.moment) AS running,
			count(*) FILTER (WHERE ticket.opened_at > asked.since) AS recent,
			avg(ticket.satisfaction) FILTER (WHERE ticket.closed_at <= lead_features_at.moment)::float8 AS satisfaction
		FROM ticket
		WHERE ticket.account_id = asked.of_account
			AND ticket.opened_at <= lead_features_at.moment
	) AS served
	CROSS JOIN LATERAL (
		SELECT count(*) FILTER (WHERE coalesce(purchase.amount, 0) >= 0) AS purchases,
			sum(purchase.amount) AS revenue,
			max(purchase.purchased_at) FILTER (WHERE coalesce(purchase.amount, 0) >= 0) AS last_at,
			count(DISTINCT purchase.product_id) FILTER (WHERE coalesce(purchase.amount, 0) >= 0) AS products
		FROM purchase
		WHERE purchase.account_id = asked.of_account
			AND purchase.purchased_at <= lead_features_at.moment
	) AS bought
	CROSS JOIN LATERAL (
		SELECT min(subscription.ends_on) FILTER (WHERE subscription.ends_on >= asked.day) - asked.day AS days_left
		FROM subscription
		WHERE subscription.account_id = asked.of_account
			AND coalesce(subscription.starts_on, '-infinity') <= asked.day
			AND (subscription.cancelled_on IS NULL OR subscription.cancelled_on > asked.day)
	) AS contract;
END;
COMMENT ON FUNCTION lead_features_at(text, text, text, text, timestamptz) IS
'What was known of one lead at a moment? Takes its kind, the id of the lead, its contact and its account (NULL where there is none); returns one row. Counts are of policy.signal_window before the moment: a prospect''s of the lead or its contact, a customer''s of the whole account.';

CREATE VIEW lead_features WITH (security_invoker = true) AS
SELECT lead.kind,
	lead.entity,
	lead.lead_id,
	lead.name,
	lead.account_id,
	lead.contact_id,
	lead.product_id,
	lead.owner_id,
	lead.opened_at,
	clientele.as_of() AS measured_at,
	lead.source,
	lead.amount,
	extract(epoch FROM clientele.as_of() - lead.opened_at)::float8 / 86400 AS days_open,
	feature.industry,
	feature.country,
	feature.company_size,
	feature.employees,
	feature.is_key_account,
	feature.seniority,
	feature.role,
	feature.department,
	feature.inbound_touches,
	feature.replies,
	feature.meetings,
	feature.calls,
	feature.opened_messages,
	feature.bounces,
	feature.contacts_reached,
	feature.days_since_touch,
	feature.usage_days,
	feature.usage_share,
	feature.active_users,
	feature.open_tickets,
	feature.tickets,
	feature.satisfaction,
	feature.purchases,
	feature.revenue,
	feature.days_since_purchase,
	feature.products_owned,
	feature.subscription_days_left,
	feature.segment
FROM all_leads AS lead
CROSS JOIN LATERAL lead_features_at(lead.kind, CASE WHEN lead.entity = 'lead' THEN lead.lead_id END,
	lead.contact_id, lead.account_id, clientele.as_of()) AS feature
WHERE lead.closed_at IS NULL;
COMMENT ON VIEW lead_features IS
'What is known of each open lead? A row a lead, with the features that scores and models read.';
COMMENT ON COLUMN lead_features.kind IS 'prospect, upsell, cross-sell or renewal.';
COMMENT ON COLUMN lead_features.entity IS 'The entity that holds it: lead or opportunity.';
COMMENT ON COLUMN lead_features.lead_id IS 'Its id there.';
COMMENT ON COLUMN lead_features.name IS 'The companys name.';
COMMENT ON COLUMN lead_features.account_id IS 'The account.';
COMMENT ON COLUMN lead_features.contact_id IS 'The contact.';
COMMENT ON COLUMN lead_features.product_id IS 'What would be bought.';
COMMENT ON COLUMN lead_features.owner_id IS 'Who works on it, as of today.';
COMMENT ON COLUMN lead_features.opened_at IS 'When it began.';
COMMENT ON COLUMN lead_features.measured_at IS 'The moment as of which the features were known.';
COMMENT ON COLUMN lead_features.source IS 'Where the lead came from; NULL for an opportunity.';
COMMENT ON COLUMN lead_features.amount IS 'Amount of its opportunities, in the currency of the workspace.';
COMMENT ON COLUMN lead_features.days_open IS 'Days since it began.';
COMMENT ON COLUMN lead_features.industry IS 'Line of business of the account, as of today.';
COMMENT ON COLUMN lead_features.country IS 'Country of the accounts seat, as of today.';
COMMENT ON COLUMN lead_features.company_size IS 'Employees of the account in four classes: 1-19, 20-99, 100-499, 500+.';
COMMENT ON COLUMN lead_features.employees IS 'Employees of the account, as of today.';
COMMENT ON COLUMN lead_features.is_key_account IS 'Whether it is a key account, as of today.';
COMMENT ON COLUMN lead_features.seniority IS 'Level of the contact, as of today.';
COMMENT ON COLUMN lead_features.role IS 'The contacts part in buying, as of today.';
COMMENT ON COLUMN lead_features.department IS 'The contacts department, as of today.';
COMMENT ON COLUMN lead_features.inbound_touches IS 'Touches within policy.signal_window in which the other side approached the company.';
COMMENT ON COLUMN lead_features.replies IS 'Answers to what was sent, within that window.';
COMMENT ON COLUMN lead_features.meetings IS 'Meetings to which they came, within that window.';
COMMENT ON COLUMN lead_features.calls IS 'Calls in which both spoke, within that window.';
COMMENT ON COLUMN lead_features.opened_messages IS 'Messages read, within that window.';
COMMENT ON COLUMN lead_features.bounces IS 'Messages that came back, within that window.';
COMMENT ON COLUMN lead_features.contacts_reached IS 'Different people who were spoken to, answered, came or asked, within that window.';
COMMENT ON COLUMN lead_features.days_since_touch IS 'Days since the last touch within that window.';
COMMENT ON COLUMN lead_features.usage_days IS 'Days with any use within that window; NULL if the accounts use was never measured, and for prospects.';
COMMENT ON COLUMN lead_features.usage_share IS 'Use as a share of what was paid for, on those days.';
COMMENT ON COLUMN lead_features.active_users IS 'The most people who used it on one of those days.';
COMMENT ON COLUMN lead_features.open_tickets IS 'Tickets open at the moment.';
COMMENT ON COLUMN lead_features.tickets IS 'Tickets opened within that window.';
COMMENT ON COLUMN lead_features.satisfaction IS 'Mean satisfaction with the tickets closed so far.';
COMMENT ON COLUMN lead_features.purchases IS 'Purchases so far; refunds do not count.';
COMMENT ON COLUMN lead_features.revenue IS 'Revenue so far, refunds taken off, in the currency of the workspace.';
COMMENT ON COLUMN lead_features.days_since_purchase IS 'Days since the last purchase.';
COMMENT ON COLUMN lead_features.products_owned IS 'Different products bought so far.';
COMMENT ON COLUMN lead_features.subscription_days_left IS 'Days to the end of the running subscription that ends first.';
COMMENT ON COLUMN lead_features.segment IS 'The segment of its account that policy.lead_segment makes, such as industry: Food, as of today; NULL: none.';
