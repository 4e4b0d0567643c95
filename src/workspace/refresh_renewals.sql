-- Refreshing what a workspace says of subscriptions: the models of renewal.
-- clientele.refresh_workspace calls it.

CREATE FUNCTION clientele.whole_periods(since date, until date, period interval) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
-- One expression of strict parts, so that it is inlined. A guess by the mean
-- length of a month (400 years are 146,097 days) is off by one at most.
RETURN (floor((until - since) / ((date_part('year', period) * 12 + date_part('month', period)) * 30.436875 + date_part('day', period))) - 1)::integer
	+ (since + floor((until - since) / ((date_part('year', period) * 12 + date_part('month', period)) * 30.436875 + date_part('day', period))) * period <= until)::integer
	+ (since + (floor((until - since) / ((date_part('year', period) * 12 + date_part('month', period)) * 30.436875 + date_part('day', period))) + 1) * period <= until)::integer;
COMMENT ON FUNCTION clientele.whole_periods(date, date, interval) IS
'How many times a period of whole days, months or years fits between two days by the calendar: the greatest k with since + k * period <= until, below 0 if until is before since. From 31 January to 29 February 2024 it is one month.';

CREATE PROCEDURE clientele.refresh_renewal_models(name text)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	moment timestamptz := clientele.as_of();
	policy record;
	known record;
	fitted clientele.renewal_model;
	status text;
	reason text;
BEGIN
	CALL clientele.begin_refresh(refresh_renewal_models.name);
	IF to_regclass(format('%I.subscription_tenure', refresh_renewal_models.name)) IS NULL
		OR to_regclass(format('%I.renewal_model_version', refresh_renewal_models.name)) IS NULL THEN
		RAISE NOTICE 'workspace "%" is older than models of renewals', refresh_renewal_models.name
			USING HINT = format('CALL clientele.upgrade_workspace(%L).', refresh_renewal_models.name);
		RETURN;
	END IF;
	EXECUTE format('SELECT * FROM %I.policy', refresh_renewal_models.name) INTO policy;

	-- One pass: all subscriptions, and those of the accounts of each segment. A
	-- company without subscriptions has no row and needs no notice.
	FOR known IN EXECUTE format($query$
		SELECT CASE WHEN grouping(segment.name) = 1 THEN 'all' ELSE segment.name END AS segment,
			clientele.renewal_base(tenure.periods, tenure.is_churned) AS base,
			count(*) FILTER (WHERE tenure.periods >= 1) AS came,
			sum(tenure.other_terms) AS other_terms,
			sum(tenure.contracts) AS contracts
		FROM %1$I.subscription_tenure AS tenure
		LEFT JOIN (
			SELECT account_id,
				$1 || ': ' || CASE $1 WHEN 'industry' THEN industry WHEN 'country' THEN country WHEN 'territory' THEN territory END AS name
			FROM %1$I.account
			WHERE $1 IS NOT NULL
		) AS segment ON segment.account_id = tenure.account_id
		GROUP BY GROUPING SETS ((), (segment.name))
		HAVING count(*) > 0
			AND (grouping(segment.name) = 1 OR segment.name IS NOT NULL)
		ORDER BY grouping(segment.name) DESC, 1
		$query$, refresh_renewal_models.name)
	USING policy.model_segment
	LOOP
		fitted := NULL;
		status := 'refused';
		reason := NULL;
		-- one that has not come to a renewal yet tells nothing, and a fit needs as
		-- many others as there are parameters
		IF known.came < greatest(policy.minimum_subscriptions, 3) THEN
			reason := format('too few subscriptions that came to a renewal for a model of renewals: %s, policy.minimum_subscriptions is %s%s',
				known.came, policy.minimum_subscriptions, CASE WHEN policy.minimum_subscriptions < 3 THEN ', and three is the least' END);
		ELSIF clientele.churned(known.base) < policy.minimum_churned_subscriptions THEN
			reason := format('too few subscriptions that have ended for a model of renewals: %s, policy.minimum_churned_subscriptions is %s',
				clientele.churned(known.base), policy.minimum_churned_subscriptions);
		ELSE
			fitted := clientele.fit(known.base, policy.renewal_family, policy.prior_sd);
			status := clientele.status(fitted);
			IF status = 'boundary' THEN
				reason := 'the subscriptions do not determine the parameters of the model of renewals: intervals are missing or cannot be trusted; policy.prior_sd = 3 steadies the fit';
			ELSIF status <> 'ok' THEN
				reason := format('the fit of the model of renewals ended as "%s"', status);
			END IF;
		END IF;
		IF known.other_terms * 2 > known.contracts THEN
			reason := concat_ws('; ', reason, format('%s of %s contracts run for another time than policy.renewal_period (%s)',
				known.other_terms, known.contracts, policy.renewal_period));
		END IF;

		-- A second run as of the same moment takes the place of the first.
		EXECUTE format($query$
			INSERT INTO %I.renewal_model_version (segment, as_of, family, renewal_period, model, subscriptions, churned, skipped, status, reason)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
			ON CONFLICT (segment, as_of) DO UPDATE
			SET fitted_at = DEFAULT, family = EXCLUDED.family, renewal_period = EXCLUDED.renewal_period, model = EXCLUDED.model,
				subscriptions = EXCLUDED.subscriptions, churned = EXCLUDED.churned, skipped = EXCLUDED.skipped,
				status = EXCLUDED.status, reason = EXCLUDED.reason
			$query$, refresh_renewal_models.name)
		USING known.segment, moment, policy.renewal_family, policy.renewal_period, fitted,
			clientele.customers(known.base), clientele.churned(known.base), clientele.skipped(known.base), status, reason;

		-- a segment without a model of its own has that of all
		IF reason IS NOT NULL AND known.segment = 'all' THEN
			RAISE NOTICE 'workspace "%": %', refresh_renewal_models.name, reason;
		END IF;
	END LOOP;
END
$$;
COMMENT ON PROCEDURE clientele.refresh_renewal_models(text) IS
'Fits the models of renewal of a workspace as of clientele.as_of(), to all subscriptions and to those of each segment that policy.model_segment makes, as its view subscription_tenure counts them, and keeps them in its table renewal_model_version; with too little data it keeps the reason. A workspace without subscriptions has none. clientele.refresh_workspace calls it.';
