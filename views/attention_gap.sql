-- attention_gap: which customers has nobody approached of their own accord for
-- too long, and whom does nobody look after?
--
-- A row a customer as of clientele.as_of(). Attention is a touch that a person of
-- the company began and that came through: outbound, not for service, not part
-- of a program, of any outcome but attempted and bounced. A customer of less than
-- policy.attention_window is not neglected yet. The owner is that of today, also
-- as of a past day.
--
-- requires: account_segment account owner subscription touchpoint policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW attention_gap WITH (security_invoker = true) AS
SELECT fact.account_id,
	fact.name,
	fact.is_neglected,
	fact.is_orphan,
	fact.owner_id,
	fact.owner_name,
	fact.customer_since,
	fact.tenure_days,
	fact.revenue,
	fact.last_attention_on,
	clientele.as_of_date() - fact.last_attention_on AS days_since_attention,
	fact.attention_touches,
	fact.last_touched_on,
	nullif(concat_ws('; ',
		CASE
			WHEN NOT fact.is_neglected THEN NULL
			WHEN fact.last_attention_on IS NULL THEN 'never approached by us of our own accord'
			ELSE 'not approached by us of our own accord since ' || to_char(fact.last_attention_on, 'YYYY-MM-DD')
		END,
		CASE
			WHEN NOT fact.is_orphan THEN NULL
			WHEN fact.owner_id IS NULL THEN 'nobody looks after it'
			ELSE 'its owner is not among the owners: ' || fact.owner_id
		END), '') AS reason
FROM (
	SELECT customer.account_id,
		customer.name,
		coalesce(touched.last_attention_at <= policy.neglected_since, true)
			AND coalesce(since.customer_since <= policy.neglected_day, true) AS is_neglected,
		account.owner_id IS NULL OR (owner.owner_id IS NULL AND EXISTS (SELECT FROM owner AS anybody)) AS is_orphan,
		account.owner_id,
		owner.name AS owner_name,
		since.customer_since,
		clientele.as_of_date() - since.customer_since AS tenure_days,
		customer.revenue,
		(touched.last_attention_at AT TIME ZONE 'UTC')::date AS last_attention_on,
		coalesce(touched.attention_touches, 0)::integer AS attention_touches,
		(touched.last_touched_at AT TIME ZONE 'UTC')::date AS last_touched_on
	FROM account_segment AS customer
	LEFT JOIN account ON account.account_id = customer.account_id
	LEFT JOIN owner ON owner.owner_id = account.owner_id
	CROSS JOIN (
		SELECT moment.at AS neglected_since,
			(moment.at AT TIME ZONE 'UTC')::date AS neglected_day
		FROM (
			SELECT (clientele.as_of() AT TIME ZONE 'UTC' - coalesce(max(attention_window), '90 days')) AT TIME ZONE 'UTC' AS at
			FROM policy
		) AS moment
	) AS policy
	LEFT JOIN (
		SELECT account_id,
			min(coalesce(starts_on, '-infinity')) AS starts_on
		FROM subscription
		WHERE coalesce(starts_on, '-infinity') <= clientele.as_of_date()
		GROUP BY account_id
	) AS contract ON contract.account_id = customer.account_id
	CROSS JOIN LATERAL (
		-- a contract that has always run tells no day
		SELECT nullif(least(customer.first_purchased_on, contract.starts_on), '-infinity') AS customer_since
	) AS since
	LEFT JOIN (
		SELECT account_id,
			max(occurred_at) AS last_touched_at,
			max(occurred_at) FILTER (WHERE is_attention) AS last_attention_at,
			count(*) FILTER (WHERE is_attention AND occurred_at > since) AS attention_touches
		FROM (
			SELECT account_id,
				occurred_at,
				since.at AS since,
				coalesce(direction = 'outbound', false)
					AND coalesce(purpose, '') <> ALL (ARRAY['service', 'program'])
					AND program_id IS NULL AS is_attention
			FROM touchpoint
			CROSS JOIN (
				SELECT (clientele.as_of() AT TIME ZONE 'UTC' - coalesce(max(attention_window), '90 days')) AT TIME ZONE 'UTC' AS at
				FROM policy
			) AS since
			WHERE occurred_at <= clientele.as_of()
				AND coalesce(outcome, '') <> ALL (ARRAY['attempted', 'bounced'])
		) AS reached
		GROUP BY account_id
	) AS touched ON touched.account_id = customer.account_id
	WHERE customer.segment = 'customer'
) AS fact;
COMMENT ON VIEW attention_gap IS
'Which customers has nobody approached of their own accord for too long, and whom does nobody look after? A row a customer.';
COMMENT ON COLUMN attention_gap.account_id IS 'The customer.';
COMMENT ON COLUMN attention_gap.name IS 'Its name.';
COMMENT ON COLUMN attention_gap.is_neglected IS 'True if no attention was given within policy.attention_window, to one who has been a customer for longer. Attention: an outbound touch that came through and was not for service nor part of a program.';
COMMENT ON COLUMN attention_gap.is_orphan IS 'True if it has no owner, or one who is not in owner (unless that is empty); as of today.';
COMMENT ON COLUMN attention_gap.owner_id IS 'Who looks after it today.';
COMMENT ON COLUMN attention_gap.owner_name IS 'The owner''s name.';
COMMENT ON COLUMN attention_gap.customer_since IS 'Day (UTC) of its first purchase or subscription; NULL for a subscription without a first day.';
COMMENT ON COLUMN attention_gap.tenure_days IS 'Days since then.';
COMMENT ON COLUMN attention_gap.revenue IS 'Revenue so far, refunds taken off, in the currency of the workspace.';
COMMENT ON COLUMN attention_gap.last_attention_on IS 'Last day (UTC) of attention; NULL if never.';
COMMENT ON COLUMN attention_gap.days_since_attention IS 'Days since then.';
COMMENT ON COLUMN attention_gap.attention_touches IS 'Number of touches of attention within policy.attention_window, one a person.';
COMMENT ON COLUMN attention_gap.last_touched_on IS 'Last day (UTC) of any touch that came through, service, programs and what the customer began included.';
COMMENT ON COLUMN attention_gap.reason IS 'What is amiss, in words; NULL if nothing.';
