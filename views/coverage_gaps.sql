-- coverage_gaps: which customers have we reached too few contacts of, how much
-- is at stake there, and whom do we reach next?
--
-- A row a customer with fewer contacts reached than policy.minimum_contacts as
-- of clientele.as_of(). Value at risk is clv times the share of the minimum that
-- is missing: with nobody reached it is all of it. Customers without a clv come
-- after the others, by revenue so far times that share. The ranking needs every
-- customer: for one alone ask touchpoint_coverage and next_contacts.
--
-- requires: touchpoint_coverage next_contacts customer_value purchase
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW coverage_gaps WITH (security_invoker = true) AS
SELECT fact.account_id,
	fact.name,
	rank() OVER (ORDER BY fact.value_at_risk DESC NULLS LAST, fact.revenue * fact.gap / fact.minimum_contacts DESC)::integer AS rank,
	fact.value_at_risk,
	fact.clv,
	fact.revenue,
	fact.contacts_reached,
	fact.minimum_contacts,
	fact.gap,
	fact.covered_share,
	fact.is_single_threaded,
	fact.roles_missing,
	fact.last_touched_on,
	fact.contacts_to_reach,
	greatest(fact.gap - fact.contacts_to_reach, 0) AS contacts_to_find,
	fact.next_contact_id,
	fact.next_contact_name,
	fact.next_contact_role,
	fact.next_contact_reason,
	concat_ws('; ', fact.coverage_reason, fact.value_reason) AS reason
FROM (
	SELECT coverage.account_id,
		coverage.name,
		coverage.contacts_reached,
		coverage.minimum_contacts,
		coverage.gap,
		coverage.contacts_reached::float8 / coverage.minimum_contacts AS covered_share,
		coverage.is_single_threaded,
		coverage.roles_missing,
		coverage.last_touched_on,
		coverage.reason AS coverage_reason,
		coalesce(bought.revenue, 0) AS revenue,
		value.clv,
		round(value.clv * coverage.gap / coverage.minimum_contacts, 2) AS value_at_risk,
		CASE WHEN value.clv IS NULL THEN 'no value: ' || coalesce(value.reason, 'never bought') END AS value_reason,
		coalesce(ahead.contacts, 0)::integer AS contacts_to_reach,
		ahead.contact_id AS next_contact_id,
		ahead.contact_name AS next_contact_name,
		ahead.role AS next_contact_role,
		ahead.reason AS next_contact_reason
	FROM touchpoint_coverage AS coverage
	LEFT JOIN (
		SELECT account_id, sum(amount) AS revenue
		FROM purchase
		WHERE purchased_at <= clientele.as_of()
		GROUP BY account_id
	) AS bought ON bought.account_id = coverage.account_id
	LEFT JOIN customer_value AS value ON value.account_id = coverage.account_id
	LEFT JOIN (
		SELECT account_id,
			place,
			contact_id,
			contact_name,
			role,
			reason,
			count(*) OVER (PARTITION BY account_id) AS contacts
		FROM next_contacts
	) AS ahead ON ahead.account_id = coverage.account_id AND ahead.place = 1
	WHERE coverage.segment = 'customer'
		AND coverage.gap > 0
) AS fact;
COMMENT ON VIEW coverage_gaps IS
'Which customers have we reached too few contacts of, how much is at stake, and whom do we reach next? A row a customer under the minimum, ranked by value at risk.';
COMMENT ON COLUMN coverage_gaps.account_id IS 'The customer.';
COMMENT ON COLUMN coverage_gaps.name IS 'Its name.';
COMMENT ON COLUMN coverage_gaps.rank IS 'Place by value at risk; equal ones share a place. Customers whose value is not known come last, by revenue so far times the share missing.';
COMMENT ON COLUMN coverage_gaps.value_at_risk IS 'clv times the share of the minimum that is missing (gap / minimum_contacts), in the currency of the workspace; NULL without a clv.';
COMMENT ON COLUMN coverage_gaps.clv IS 'What the customer is worth over policy.horizon, in the currency of the workspace; see customer_value.';
COMMENT ON COLUMN coverage_gaps.revenue IS 'Its revenue so far, refunds taken off, in the currency of the workspace.';
COMMENT ON COLUMN coverage_gaps.contacts_reached IS 'Contacts reached within policy.coverage_window; see touchpoint_coverage.';
COMMENT ON COLUMN coverage_gaps.minimum_contacts IS 'How many are to be reached.';
COMMENT ON COLUMN coverage_gaps.gap IS 'How many are missing to that.';
COMMENT ON COLUMN coverage_gaps.covered_share IS 'contacts_reached / minimum_contacts, as a fraction.';
COMMENT ON COLUMN coverage_gaps.is_single_threaded IS 'True if just one contact is reached.';
COMMENT ON COLUMN coverage_gaps.roles_missing IS 'Roles of which nobody is reached, divided by commas.';
COMMENT ON COLUMN coverage_gaps.last_touched_on IS 'Last day (UTC) on which a touch came through.';
COMMENT ON COLUMN coverage_gaps.contacts_to_reach IS 'Contacts that are known, may be approached, and are not reached: see next_contacts.';
COMMENT ON COLUMN coverage_gaps.contacts_to_find IS 'How many are missing even when all of these are reached: people whom we do not know yet.';
COMMENT ON COLUMN coverage_gaps.next_contact_id IS 'The one to reach next; NULL if nobody is known whom we may approach.';
COMMENT ON COLUMN coverage_gaps.next_contact_name IS 'Its name.';
COMMENT ON COLUMN coverage_gaps.next_contact_role IS 'Its role.';
COMMENT ON COLUMN coverage_gaps.next_contact_reason IS 'Why it is the next.';
COMMENT ON COLUMN coverage_gaps.reason IS 'Why the customer is here, and why its value is not known, where it is not.';
