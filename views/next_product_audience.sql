-- next_product_audience(product): to whom should this product be offered next?
--
-- First customers as of clientele.as_of() that do not own it, ranked by
-- association (how many of those who own what they own have it too) x reach
-- (contacts reached within policy.coverage_window, of policy.minimum_contacts)
-- x value (CLV; without a model the revenue so far); then former customers and
-- prospects, by reach. Left out: where it is not sold, who lacks the product that
-- it needs, and customers who are to be helped first (support_signals.holds_offers,
-- usage_signals.is_little_used). Country and the product's own data are as of today.
--
-- requires: account account_segment product product_ownership product_association customer_value support_signals usage_signals touchpoint policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE FUNCTION next_product_audience(product_id text,
	OUT place integer, OUT account_id text, OUT name text, OUT segment text,
	OUT association float8, OUT because_of text, OUT reach float8, OUT value numeric, OUT score float8, OUT reason text)
RETURNS SETOF record
LANGUAGE sql STABLE
BEGIN ATOMIC
	WITH owned AS MATERIALIZED (
		SELECT product_ownership.account_id, product_ownership.product_id FROM product_ownership
	), related AS MATERIALIZED (
		SELECT pair.product_id, pair.product, pair.owners, pair.both_owners, pair.confidence
		FROM product_association AS pair
		WHERE pair.next_product_id = next_product_audience.product_id
	), general AS (
		SELECT count(DISTINCT owned.account_id) FILTER (WHERE owned.product_id = next_product_audience.product_id) AS owners,
			count(DISTINCT owned.account_id) AS everyone
		FROM owned
	), reached AS (
		SELECT touchpoint.account_id, count(DISTINCT touchpoint.contact_id) AS contacts
		FROM touchpoint
		LEFT JOIN (SELECT policy.coverage_window FROM policy LIMIT 1) AS policy ON true
		WHERE touchpoint.occurred_at <= clientele.as_of()
			AND touchpoint.occurred_at > (clientele.as_of() AT TIME ZONE 'UTC' - coalesce(policy.coverage_window, '90 days')) AT TIME ZONE 'UTC'
			AND coalesce(touchpoint.outcome, '') <> ALL (ARRAY['attempted', 'bounced'])
		GROUP BY touchpoint.account_id
	), chosen AS (
		SELECT segment.account_id,
			segment.name,
			segment.segment,
			coalesce(best.confidence, general.owners::float8 / nullif(general.everyone, 0)) AS association,
			best.product_id AS because_of,
			least(1, coalesce(reached.contacts, 0)::float8 / coalesce(policy.minimum_contacts, 5)) AS reach,
			CASE WHEN segment.segment = 'customer' THEN coalesce(customer.clv, segment.revenue) END AS value,
			concat_ws('; ',
				CASE
					WHEN best.product_id IS NOT NULL THEN format('%s of %s who own %s own it', best.both_owners, best.owners, coalesce(best.product, best.product_id))
					WHEN general.owners > 0 THEN format('%s of %s who own anything own it', general.owners, general.everyone)
					ELSE 'nobody owns it yet'
				END,
				format('%s contacts reached', coalesce(reached.contacts, 0)),
				CASE WHEN segment.segment = 'customer' AND customer.clv IS NULL THEN 'value is the revenue so far' END,
				CASE WHEN thing.countries IS NOT NULL AND account.country IS NULL THEN 'in which country it is not known' END) AS reason
		FROM product AS thing
		CROSS JOIN account_segment AS segment
		JOIN account ON account.account_id = segment.account_id
		CROSS JOIN general
		LEFT JOIN (SELECT policy.minimum_contacts FROM policy LIMIT 1) AS policy ON true
		LEFT JOIN reached ON reached.account_id = segment.account_id
		LEFT JOIN customer_value AS customer ON customer.account_id = segment.account_id
		LEFT JOIN support_signals AS support ON support.account_id = segment.account_id
		LEFT JOIN usage_signals AS usage ON usage.account_id = segment.account_id
		LEFT JOIN (
			SELECT DISTINCT ON (owned.account_id) owned.account_id, related.product_id, related.product, related.owners, related.both_owners, related.confidence
			FROM owned
			JOIN related ON related.product_id = owned.product_id
			ORDER BY owned.account_id, related.confidence DESC, related.owners DESC, related.product_id
		) AS best ON best.account_id = segment.account_id
		WHERE thing.product_id = next_product_audience.product_id
			AND (thing.launched_on IS NULL OR thing.launched_on <= clientele.as_of_date())
			AND (thing.countries IS NULL OR account.country IS NULL OR account.country = ANY (thing.countries))
			AND NOT EXISTS (SELECT FROM owned WHERE owned.account_id = segment.account_id AND owned.product_id = thing.product_id)
			AND (thing.prerequisite_product_id IS NULL
				OR EXISTS (SELECT FROM owned WHERE owned.account_id = segment.account_id AND owned.product_id = thing.prerequisite_product_id))
			AND (segment.segment <> 'customer' OR NOT coalesce(support.holds_offers, false) AND NOT coalesce(usage.is_little_used, false))
	)
	SELECT (row_number() OVER (ORDER BY array_position(ARRAY['customer', 'former customer', 'prospect'], chosen.segment),
			chosen.association * chosen.reach * chosen.value::float8 DESC NULLS LAST, chosen.reach DESC, chosen.value DESC NULLS LAST, chosen.account_id))::integer,
		chosen.account_id,
		chosen.name,
		chosen.segment,
		chosen.association,
		chosen.because_of,
		chosen.reach,
		chosen.value,
		chosen.association * chosen.reach * chosen.value::float8,
		chosen.reason
	FROM chosen
	ORDER BY 1;
END;
COMMENT ON FUNCTION next_product_audience(text) IS
'To whom should this product be offered next? Takes a product''s id; a row an account that does not own it and may, customers before all others: because_of is what they own whose owners have it most often (association, a fraction), reach the contacts reached as a fraction of policy.minimum_contacts (at most 1), value the CLV or else the revenue so far in the currency of the workspace, score the product of the three.';
