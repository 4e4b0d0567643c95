-- lead_training: from what can be learned which leads are won?
--
-- A row a lead, with the features as they were known at a day: when it had been
-- open for policy.lead_landmark. Its outcome is whether it was won within
-- policy.lead_horizon of its beginning. Only leads for which that time is over
-- as of clientele.as_of() are here, the slow ones with the fast ones: taking
-- each as soon as it is won or lost would show the fast ones alone. Leads that
-- were won or lost before they were looked at are left out, as nobody needs to
-- predict those.
--
-- To test a model on what came: fit it to the leads WHERE known_at <= a day, and
-- score those measured after that day. With clientele.as_of set to the day, the
-- view shows these very training rows.
--
-- requires: all_leads lead_features policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW lead_training WITH (security_invoker = true) AS
SELECT lead.kind,
	lead.entity,
	lead.lead_id,
	lead.name,
	lead.account_id,
	lead.contact_id,
	lead.product_id,
	lead.owner_id,
	lead.opened_at,
	day.measured_at,
	day.known_at,
	coalesce(lead.is_won AND lead.closed_at <= day.known_at, false) AS is_won,
	lead.source,
	extract(epoch FROM policy.lead_landmark)::float8 / 86400 AS days_open,
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
CROSS JOIN (SELECT lead_landmark, lead_horizon FROM policy LIMIT 1) AS policy
CROSS JOIN LATERAL (
	SELECT (lead.opened_at AT TIME ZONE 'UTC' + policy.lead_landmark) AT TIME ZONE 'UTC',
		(lead.opened_at AT TIME ZONE 'UTC' + policy.lead_horizon) AT TIME ZONE 'UTC'
) AS day (measured_at, known_at)
CROSS JOIN LATERAL lead_features_at(lead.kind, CASE WHEN lead.entity = 'lead' THEN lead.lead_id END,
	lead.contact_id, lead.account_id, day.measured_at) AS feature
WHERE day.known_at <= clientele.as_of()
	AND (lead.closed_at IS NULL OR lead.closed_at > day.measured_at)
	-- closed in time, but nobody says how
	AND (lead.closed_at IS NULL OR lead.closed_at > day.known_at OR lead.is_won IS NOT NULL);
COMMENT ON VIEW lead_training IS
'From what can be learned which leads are won? A row a lead whose outcome is known, with the features as they were known at the time.';
COMMENT ON COLUMN lead_training.kind IS 'prospect, upsell, cross-sell or renewal.';
COMMENT ON COLUMN lead_training.entity IS 'The entity that holds it: lead or opportunity.';
COMMENT ON COLUMN lead_training.lead_id IS 'Its id there.';
COMMENT ON COLUMN lead_training.name IS 'The companys name.';
COMMENT ON COLUMN lead_training.account_id IS 'The account.';
COMMENT ON COLUMN lead_training.contact_id IS 'The contact.';
COMMENT ON COLUMN lead_training.product_id IS 'What would be bought.';
COMMENT ON COLUMN lead_training.owner_id IS 'Who works on it, as of today.';
COMMENT ON COLUMN lead_training.opened_at IS 'When it began.';
COMMENT ON COLUMN lead_training.measured_at IS 'When it had been open for policy.lead_landmark: nothing later is in the features.';
COMMENT ON COLUMN lead_training.known_at IS 'When policy.lead_horizon was over, and with that its outcome known.';
COMMENT ON COLUMN lead_training.is_won IS 'Whether it was won by then.';
COMMENT ON COLUMN lead_training.source IS 'Where the lead came from; NULL for an opportunity.';
COMMENT ON COLUMN lead_training.days_open IS 'policy.lead_landmark in days, the same for all rows.';
COMMENT ON COLUMN lead_training.industry IS 'Line of business of the account, as of today.';
COMMENT ON COLUMN lead_training.country IS 'Country of the accounts seat, as of today.';
COMMENT ON COLUMN lead_training.company_size IS 'Employees of the account in four classes: 1-19, 20-99, 100-499, 500+.';
COMMENT ON COLUMN lead_training.employees IS 'Employees of the account, as of today.';
COMMENT ON COLUMN lead_training.is_key_account IS 'Whether it is a key account, as of today.';
COMMENT ON COLUMN lead_training.seniority IS 'Level of the contact, as of today.';
COMMENT ON COLUMN lead_training.role IS 'The contacts part in buying, as of today.';
COMMENT ON COLUMN lead_training.department IS 'The contacts department, as of today.';
COMMENT ON COLUMN lead_training.inbound_touches IS 'Touches within policy.signal_window in which the other side approached the company.';
COMMENT ON COLUMN lead_training.replies IS 'Answers to what was sent, within that window.';
COMMENT ON COLUMN lead_training.meetings IS 'Meetings to which they came, within that window.';
COMMENT ON COLUMN lead_training.calls IS 'Calls in which both spoke, within that window.';
COMMENT ON COLUMN lead_training.opened_messages IS 'Messages read, within that window.';
COMMENT ON COLUMN lead_training.bounces IS 'Messages that came back, within that window.';
COMMENT ON COLUMN lead_training.contacts_reached IS 'Different people who were spoken to, answered, came or asked, within that window.';
COMMENT ON COLUMN lead_training.days_since_touch IS 'Days since the last touch within that window.';
COMMENT ON COLUMN lead_training.usage_days IS 'Days with any use within that window; NULL if the accounts use was never measured, and for prospects.';
COMMENT ON COLUMN lead_training.usage_share IS 'Use as a share of what was paid for, on those days.';
COMMENT ON COLUMN lead_training.active_users IS 'The most people who used it on one of those days.';
COMMENT ON COLUMN lead_training.open_tickets IS 'Tickets open at the moment.';
COMMENT ON COLUMN lead_training.tickets IS 'Tickets opened within that window.';
COMMENT ON COLUMN lead_training.satisfaction IS 'Mean satisfaction with the tickets closed so far.';
COMMENT ON COLUMN lead_training.purchases IS 'Purchases so far; refunds do not count.';
COMMENT ON COLUMN lead_training.revenue IS 'Revenue so far, refunds taken off, in the currency of the workspace.';
COMMENT ON COLUMN lead_training.days_since_purchase IS 'Days since the last purchase.';
COMMENT ON COLUMN lead_training.products_owned IS 'Different products bought so far.';
COMMENT ON COLUMN lead_training.subscription_days_left IS 'Days to the end of the running subscription that ends first.';
COMMENT ON COLUMN lead_training.segment IS 'The segment of its account that policy.lead_segment makes, such as industry: Food, as of today; NULL: none.';
