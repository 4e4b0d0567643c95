-- top_customers: who brings the revenue, and how much of it hangs on how few?
-- top_customer_recall(guesses): how many of the company's own guesses are right?
--
-- A row a customer with a purchase in the window (policy.revenue_window; NULL:
-- all time) up to clientele.as_of(). Shares are of the revenue of all customers;
-- one whose refunds exceed its purchases counts with 0 in them.
--
-- requires: account purchase policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW top_customers WITH (security_invoker = true) AS
SELECT rank() OVER (ORDER BY fact.revenue DESC)::integer AS rank,
	fact.account_id,
	account.name,
	fact.revenue,
	(greatest(fact.revenue, 0) / nullif(sum(greatest(fact.revenue, 0)) OVER (), 0))::float8 AS share,
	(sum(greatest(fact.revenue, 0)) OVER (ORDER BY fact.revenue DESC)
		/ nullif(sum(greatest(fact.revenue, 0)) OVER (), 0))::float8 AS cumulative_share,
	fact.purchases::integer AS purchases,
	(fact.last_purchased_at AT TIME ZONE 'UTC')::date AS last_purchased_on
FROM (
	SELECT purchase.account_id,
		coalesce(sum(purchase.amount), 0) AS revenue,
		count(*) FILTER (WHERE coalesce(purchase.amount, 0) >= 0) AS purchases,
		max(purchase.purchased_at) FILTER (WHERE coalesce(purchase.amount, 0) >= 0) AS last_purchased_at
	FROM purchase
	LEFT JOIN (SELECT revenue_window FROM policy LIMIT 1) AS policy ON true
	WHERE purchase.purchased_at <= clientele.as_of()
		AND purchase.purchased_at > coalesce(clientele.as_of() - policy.revenue_window, '-infinity')
		AND purchase.account_id IS NOT NULL
	GROUP BY purchase.account_id
) AS fact
LEFT JOIN account ON account.account_id = fact.account_id
WHERE fact.purchases > 0;
COMMENT ON VIEW top_customers IS
'Who brings the revenue, and how much of it hangs on how few? A row a customer, ranked by revenue.';
COMMENT ON COLUMN top_customers.rank IS 'Place by revenue; equal revenue shares a place, and the next one is left out.';
COMMENT ON COLUMN top_customers.account_id IS 'The account.';
COMMENT ON COLUMN top_customers.name IS 'Its name.';
COMMENT ON COLUMN top_customers.revenue IS 'Revenue in policy.revenue_window (NULL: all time), refunds taken off, in the currency of the workspace.';
COMMENT ON COLUMN top_customers.share IS 'Its share of the revenue of all customers, as a fraction; NULL when there is none.';
COMMENT ON COLUMN top_customers.cumulative_share IS 'Share of all customers of this place or a better one, as a fraction.';
COMMENT ON COLUMN top_customers.purchases IS 'Number of purchases in the window; refunds do not count.';
COMMENT ON COLUMN top_customers.last_purchased_on IS 'Day of the last purchase in the window (UTC).';

CREATE FUNCTION top_customer_recall(guesses text[], top integer DEFAULT 10,
	OUT guessed integer, OUT correct integer, OUT unknown integer, OUT recall float8)
LANGUAGE sql STABLE
BEGIN ATOMIC
	-- A guess is an account's id or its name, however it is spaced or cased. Two
	-- guesses of one account are one; where two accounts share a name, the guess
	-- means the greater.
	WITH guess AS (
		SELECT DISTINCT lower(trim(word)) AS word
		FROM unnest(guesses) AS word
		WHERE trim(word) <> ''
	), ranked AS (
		SELECT account_id, name, rank
		FROM top_customers
	), meant AS (
		SELECT guess.word,
			customer.account_id,
			customer.rank,
			customer.account_id IS NULL AND NOT EXISTS (
				SELECT
				FROM account
				WHERE (lower(trim(account.account_id)) = guess.word OR lower(trim(account.name)) = guess.word)
					AND (account.created_at IS NULL OR account.created_at <= clientele.as_of())
			) AS is_unknown
		FROM guess
		LEFT JOIN LATERAL (
			SELECT ranked.account_id, ranked.rank
			FROM ranked
			WHERE lower(trim(ranked.account_id)) = guess.word
				OR lower(trim(ranked.name)) = guess.word
			ORDER BY lower(trim(ranked.account_id)) = guess.word DESC, ranked.rank, ranked.account_id
			LIMIT 1
		) AS customer ON true
	), counted AS (
		SELECT count(DISTINCT coalesce(meant.account_id, meant.word))::integer AS guessed,
			count(DISTINCT meant.account_id) FILTER (WHERE meant.rank <= top)::integer AS correct,
			count(*) FILTER (WHERE meant.is_unknown)::integer AS unknown
		FROM meant
	)
	SELECT counted.guessed,
		counted.correct,
		counted.unknown,
		-- of ten places shared by eleven, ten right ones are all
		CASE WHEN wanted.places > 0 THEN least(1, counted.correct::float8 / wanted.places) END
	FROM counted,
		(SELECT least(top, count(*)) AS places FROM ranked) AS wanted;
END;
COMMENT ON FUNCTION top_customer_recall(text[], integer) IS
'How many of the guessed top customers are right? Takes ids or names; returns how many different accounts were guessed, how many of them are among the top (10, or as said; ties by rank), how many guesses name no account, and recall: correct ones as a fraction of the top.';
