-- subscription_tenure: since when does each customer subscribe to each product
-- without a break, how often was it renewed, and has it ended?
--
-- A row an account, product and unbroken time: contracts of which the next
-- begins no later than policy.renewal_grace after the ones before have ended are
-- one tenure, and so are contracts that overlap. Contracts without a product
-- count as of one product. One that was cancelled ends on the day before; one
-- that was cancelled before it began never ran and is left out.
--
-- periods is what renewal models count. Renewals fall due every
-- policy.renewal_period after the first day. Who left left at the renewal after
-- the period in which the last contract ended; an end up to policy.renewal_grace
-- after a renewal is one at that renewal, as contracts end a day early or late.
-- By the same rule a renewal is made when the subscription has run so far beyond
-- it. One that has ended is not lost before policy.renewal_grace has passed.
--
-- As of clientele.as_of(): no contract or cancellation of a later day is read.
-- The last day that was agreed on is that of today.
--
-- requires: subscription policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW subscription_tenure WITH (security_invoker = true) AS
SELECT tenure.account_id,
	tenure.product_id,
	nullif(tenure.starts_on, '-infinity') AS starts_on,
	nullif(tenure.ends_on, 'infinity') AS ends_on,
	CASE
		WHEN tenure.ends_on >= clientele.as_of_date() THEN 'running'
		WHEN tenure.is_churned THEN 'left'
		ELSE 'undecided'
	END AS state,
	tenure.is_churned,
	CASE
		WHEN tenure.starts_on = '-infinity' THEN NULL
		WHEN tenure.is_churned THEN greatest(clientele.whole_periods(tenure.starts_on, (tenure.ends_on - tenure.grace)::date, tenure.period), 0) + 1
		ELSE greatest(clientele.whole_periods(tenure.starts_on, (least(tenure.ends_on, clientele.as_of_date()) - tenure.grace)::date, tenure.period), 0)
	END AS periods,
	tenure.contracts::integer AS contracts,
	tenure.other_terms::integer AS other_terms,
	CASE WHEN tenure.starts_on = '-infinity' THEN 'the first day is not known' END AS reason
FROM (
	SELECT part.account_id,
		part.product_id,
		min(part.starts_on) AS starts_on,
		max(part.ends_on) AS ends_on,
		max(part.ends_on) + 1 + part.grace < clientele.as_of_date() AS is_churned,
		count(*) AS contracts,
		count(*) FILTER (WHERE part.starts_on > '-infinity'
			AND part.agreed_on NOT BETWEEN part.starts_on + part.period - part.grace AND part.starts_on + part.period + part.grace) AS other_terms,
		part.period,
		part.grace
	FROM (
		SELECT ordered.*,
			count(*) FILTER (WHERE ordered.starts_on > ordered.earlier_ends_on + 1 + ordered.grace)
				OVER (PARTITION BY ordered.account_id, ordered.product_id ORDER BY ordered.starts_on) AS number
		FROM (
			SELECT contract.*,
				max(contract.ends_on) OVER (PARTITION BY contract.account_id, contract.product_id ORDER BY contract.starts_on
					ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS earlier_ends_on
			FROM (
				SELECT subscription.account_id,
					subscription.product_id,
					coalesce(subscription.starts_on, '-infinity') AS starts_on,
					coalesce(least(subscription.ends_on, CASE WHEN subscription.cancelled_on <= clientele.as_of_date() THEN subscription.cancelled_on - 1 END), 'infinity') AS ends_on,
					subscription.ends_on + 1 AS agreed_on,
					coalesce(policy.renewal_period, '1 year') AS period,
					coalesce(policy.renewal_grace, '30 days') AS grace
				FROM subscription
				LEFT JOIN (SELECT renewal_period, renewal_grace FROM policy LIMIT 1) AS policy ON true
				WHERE subscription.account_id IS NOT NULL
			) AS contract
			WHERE contract.starts_on <= clientele.as_of_date()
				AND contract.ends_on >= contract.starts_on
		) AS ordered
	) AS part
	GROUP BY part.account_id, part.product_id, part.number, part.period, part.grace
) AS tenure;
COMMENT ON VIEW subscription_tenure IS
'Since when does each customer subscribe to each product without a break, how often was it renewed, and has it ended? A row an account, product and unbroken time.';
COMMENT ON COLUMN subscription_tenure.account_id IS 'The account.';
COMMENT ON COLUMN subscription_tenure.product_id IS 'What it subscribes to; NULL: it is not known.';
COMMENT ON COLUMN subscription_tenure.starts_on IS 'First day of the first contract; NULL: not known.';
COMMENT ON COLUMN subscription_tenure.ends_on IS 'Last day of the last contract, as agreed on or cancelled; NULL: open-ended.';
COMMENT ON COLUMN subscription_tenure.state IS 'running: a contract runs on the day; undecided: ended, and policy.renewal_grace has not passed since; left: it has.';
COMMENT ON COLUMN subscription_tenure.is_churned IS 'Whether the customer has left.';
COMMENT ON COLUMN subscription_tenure.periods IS 'What a renewal model counts, in periods of policy.renewal_period: of one that was left the number of the renewal at which that was, of the others the number of renewals made.';
COMMENT ON COLUMN subscription_tenure.contracts IS 'Number of contracts.';
COMMENT ON COLUMN subscription_tenure.other_terms IS 'How many of them were agreed on for another time than policy.renewal_period, by more than policy.renewal_grace.';
COMMENT ON COLUMN subscription_tenure.reason IS 'Why periods is NULL; NULL if it is not.';
