-- five_contact_evidence: do customers of whom more contacts are reached buy
-- again more often, and is policy.minimum_contacts the right number here?
--
-- Looks back: policy.repeat_window before clientele.as_of() lies the cut. Whoever
-- was a customer by purchase at the cut (and within policy.customer_window, if
-- that is set) is counted by the contacts reached in the policy.coverage_window
-- before the cut, and is a success if it bought after the cut, up to
-- clientele.as_of(). So no touch is counted that came after a purchase it is set
-- beside. What reached means is told in touchpoint_coverage; here, who had left
-- by the cut does not count, and contact.is_active, which is of today, is not
-- asked.
--
-- A row a number of contacts, from 0 to twice policy.minimum_contacts (that many
-- or more), whether or not there are customers of it; and beside it, all with
-- at least so many against all with fewer. That the ones buy more often does not
-- say that it is because of the contacts: who buys much is also touched much.
-- All accounts are read, whatever is asked.
--
-- requires: purchase touchpoint contact policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW five_contact_evidence WITH (security_invoker = true) AS
WITH settings AS (
	SELECT named.minimum_contacts,
		named.coverage_window,
		named.confidence,
		named.minimum_cases,
		moment.cut,
		(moment.cut AT TIME ZONE 'UTC')::date AS cut_day,
		coalesce((moment.cut AT TIME ZONE 'UTC' - named.customer_window) AT TIME ZONE 'UTC', '-infinity') AS customer_since
	FROM (
		-- a minimum of thousands would be as many rows
		SELECT least(coalesce(max(minimum_contacts), 5), 500) AS minimum_contacts,
			coalesce(max(coverage_window), '90 days') AS coverage_window,
			coalesce(max(repeat_window), '12 months') AS repeat_window,
			coalesce(max(confidence), 0.95) AS confidence,
			coalesce(max(minimum_cases), 10) AS minimum_cases,
			max(customer_window) AS customer_window
		FROM policy
	) AS named
	CROSS JOIN LATERAL (
		SELECT (clientele.as_of() AT TIME ZONE 'UTC' - named.repeat_window) AT TIME ZONE 'UTC' AS cut
	) AS moment
), customer AS (
	-- what is the same for all rows is asked once, so that each table is read once
	SELECT bought.account_id,
		bought.has_repeated,
		least(coalesce(clientele.coverage(touched.touchpoints, (SELECT coverage_window FROM settings), (SELECT cut_day FROM settings)), 0),
			2 * (SELECT minimum_contacts FROM settings)) AS contacts
	FROM (
		SELECT account_id,
			bool_or(purchased_at > (SELECT cut FROM settings)) AS has_repeated
		FROM purchase
		WHERE purchased_at <= clientele.as_of()
			AND coalesce(amount, 0) >= 0
			AND account_id IS NOT NULL
		GROUP BY account_id
		HAVING max(purchased_at) FILTER (WHERE purchased_at <= (SELECT cut FROM settings)) > (SELECT customer_since FROM settings)
	) AS bought
	LEFT JOIN (
		SELECT touchpoint.account_id,
			clientele.touchpoints(touchpoint.contact_id, touchpoint.occurred_at, touchpoint.direction) AS touchpoints
		FROM touchpoint
		LEFT JOIN contact ON contact.contact_id = touchpoint.contact_id
		WHERE touchpoint.occurred_at <= (SELECT cut FROM settings)
			AND coalesce(touchpoint.outcome, '') <> ALL (ARRAY['attempted', 'bounced'])
			AND coalesce(contact.left_at > (SELECT cut FROM settings), true)
		GROUP BY touchpoint.account_id
	) AS touched ON touched.account_id = bought.account_id
), counted AS (
	SELECT number.contacts,
		count(customer.account_id) AS customers,
		count(customer.account_id) FILTER (WHERE customer.has_repeated) AS repeated
	FROM settings
	CROSS JOIN LATERAL generate_series(0, 2 * settings.minimum_contacts) AS number (contacts)
	LEFT JOIN customer ON customer.contacts = number.contacts
	GROUP BY number.contacts
), compared AS (
	SELECT contacts,
		customers,
		repeated,
		coalesce(sum(customers) OVER fewer, 0)::bigint AS customers_below,
		coalesce(sum(repeated) OVER fewer, 0)::bigint AS repeated_below,
		(sum(customers) OVER ())::bigint - coalesce(sum(customers) OVER fewer, 0)::bigint AS customers_from,
		(sum(repeated) OVER ())::bigint - coalesce(sum(repeated) OVER fewer, 0)::bigint AS repeated_from
	FROM counted
	WINDOW fewer AS (ORDER BY contacts ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT compared.contacts,
	compared.contacts = settings.minimum_contacts AS is_minimum,
	settings.cut AS cut_at,
	compared.customers::integer AS customers,
	compared.repeated::integer AS repeated,
	alone.estimate AS repeat_rate,
	alone.low AS repeat_rate_low,
	alone.high AS repeat_rate_high,
	compared.customers_from::integer AS customers_from,
	compared.repeated_from::float8 / nullif(compared.customers_from, 0) AS repeat_rate_from,
	compared.customers_below::integer AS customers_below,
	compared.repeated_below::float8 / nullif(compared.customers_below, 0) AS repeat_rate_below,
	test.difference,
	test.low AS difference_low,
	test.high AS difference_high,
	test.p_value,
	CASE
		WHEN compared.customers_from + compared.customers_below = 0 THEN 'there were no customers at the cut'
		WHEN compared.contacts = 0 THEN 'nobody has fewer than none'
		WHEN least(compared.customers_from, compared.customers_below) < settings.minimum_cases
			THEN format('too few customers to compare: %s with at least so many contacts, %s with fewer, policy.minimum_cases is %s',
				compared.customers_from, compared.customers_below, settings.minimum_cases)
		WHEN test.p_value IS NULL THEN 'all bought again, or none'
	END AS reason
FROM compared
CROSS JOIN settings
-- nothing can be said of none: the function takes no 0
LEFT JOIN LATERAL clientele.wilson_interval(compared.repeated, nullif(compared.customers, 0), settings.confidence) AS alone ON true
LEFT JOIN LATERAL clientele.difference_of_proportions(compared.repeated_from,
	CASE WHEN least(compared.customers_from, compared.customers_below) >= settings.minimum_cases THEN nullif(compared.customers_from, 0) END,
	compared.repeated_below, nullif(compared.customers_below, 0), settings.confidence) AS test ON true;
COMMENT ON VIEW five_contact_evidence IS
'Do customers of whom more contacts were reached buy again more often, and is policy.minimum_contacts the right number here? A row a number of contacts.';
COMMENT ON COLUMN five_contact_evidence.contacts IS 'Number of contacts reached within policy.coverage_window before cut_at; the last row is that many or more.';
COMMENT ON COLUMN five_contact_evidence.is_minimum IS 'True for policy.minimum_contacts.';
COMMENT ON COLUMN five_contact_evidence.cut_at IS 'policy.repeat_window before the moment in question. Contacts are counted before it, purchases after it.';
COMMENT ON COLUMN five_contact_evidence.customers IS 'How many had bought by cut_at and had just so many contacts reached.';
COMMENT ON COLUMN five_contact_evidence.repeated IS 'How many of them bought after cut_at.';
COMMENT ON COLUMN five_contact_evidence.repeat_rate IS 'Their share, as a fraction; NULL if there are none.';
COMMENT ON COLUMN five_contact_evidence.repeat_rate_low IS 'Lower end of its interval (Wilson) at policy.confidence.';
COMMENT ON COLUMN five_contact_evidence.repeat_rate_high IS 'Its upper end.';
COMMENT ON COLUMN five_contact_evidence.customers_from IS 'Customers with at least so many contacts reached.';
COMMENT ON COLUMN five_contact_evidence.repeat_rate_from IS 'Share of them that bought after cut_at, as a fraction.';
COMMENT ON COLUMN five_contact_evidence.customers_below IS 'Customers with fewer.';
COMMENT ON COLUMN five_contact_evidence.repeat_rate_below IS 'Share of them that bought after cut_at, as a fraction.';
COMMENT ON COLUMN five_contact_evidence.difference IS 'repeat_rate_from - repeat_rate_below; NULL where one side has fewer than policy.minimum_cases.';
COMMENT ON COLUMN five_contact_evidence.difference_low IS 'Lower end of its interval (Newcombe) at policy.confidence.';
COMMENT ON COLUMN five_contact_evidence.difference_high IS 'Its upper end. An interval that holds 0 shows no difference.';
COMMENT ON COLUMN five_contact_evidence.p_value IS 'Two-sided p value of equal shares. Many numbers are tried here: of twenty, one falls below 0.05 by chance.';
COMMENT ON COLUMN five_contact_evidence.reason IS 'Why there is no comparison; NULL if there is one.';
