-- What ./quickstart shows of the sample CRM alone: the story that is in it, as the
-- insights find it. Nobody tells them where to look: each is asked for what comes
-- first. clientele.sample_story says what is to be found.
--
--   psql -X -f quickstart-story.sql        with search_path = crm, clientele
\set QUIET on
\pset footer off
\pset pager off
SET client_min_messages = warning;

\echo == What has happened here: the first that an insight finds
SELECT found.insight, found.who, found.what
FROM (
	(SELECT 1 AS place,
		'customer_value' AS insight,
		value.name AS who,
		format('ordered on %s days, not since %s: P(alive) %s %%, and nobody has called since %s',
			value.frequency + 1, value.last_purchased_on, round(100 * value.p_alive::numeric, 1), coalesce(care.last_attention_on::text, 'ever')) AS what
	FROM customer_value AS value
	JOIN attention_gap AS care USING (account_id)
	WHERE value.p_alive < 0.25 AND value.days_since_last_purchase < 365
	ORDER BY value.revenue DESC
	LIMIT 1)
	UNION ALL
	(SELECT 2 AS place, 'coverage_gaps' AS insight, gap.name AS who,
		format('one contact reached, %s to reach, next: %s; %s at risk', gap.contacts_to_reach, gap.next_contact_name, round(gap.value_at_risk)) AS what
	FROM coverage_gaps AS gap
	WHERE gap.is_single_threaded
	ORDER BY gap.rank
	LIMIT 1)
	UNION ALL
	(SELECT 3 AS place, 'contact_moves' AS insight, move.contact_name AS who,
		format('champion at %s until %s, now at %s, a prospect', move.name, (move.left_at AT TIME ZONE 'UTC')::date, move.new_name) AS what
	FROM contact_moves AS move
	WHERE move.role = 'champion' AND move.new_segment = 'prospect'
	ORDER BY move.left_at DESC
	LIMIT 1)
	UNION ALL
	(SELECT 4 AS place, 'evangelists' AS insight, fan.name AS who, fan.reason AS what
	FROM evangelists AS fan
	WHERE fan.advice = 'ask'
	ORDER BY fan.won DESC, fan.referrals DESC, fan.purchases DESC
	LIMIT 1)
	UNION ALL
	(SELECT 5 AS place, 'quoted_not_bought' AS insight, min(quoted.name) AS who,
		format('%s quotes and %s basket, %s in all, and none was bought', count(*) FILTER (WHERE quoted.kind = 'quote'),
			count(*) FILTER (WHERE quoted.kind = 'basket'), sum(quoted.amount)) AS what
	FROM quoted_not_bought AS quoted
	GROUP BY quoted.account_id
	ORDER BY sum(quoted.amount) DESC
	LIMIT 1)
	UNION ALL
	(SELECT 6 AS place, 'touch_collisions' AS insight, clash.name AS who, clash.reason AS what
	FROM touch_collisions AS clash
	WHERE clash.kind = 'several owners'
	ORDER BY clash.owners DESC, clash.touches DESC
	LIMIT 1)
	UNION ALL
	(SELECT 7 AS place, 'response_parity' AS insight, 'all customers' AS who,
		format('wait %s hours for an answer, prospects %s (medians): %s', round(max(parity.median_hours) FILTER (WHERE parity.segment = 'customer')::numeric, 1),
			round(max(parity.median_hours) FILTER (WHERE parity.segment = 'prospect')::numeric, 1),
			CASE WHEN max(parity.response_p_value) < 0.001 THEN 'not by chance' ELSE max(parity.response_finding) END) AS what
	FROM response_parity AS parity)
) AS found
ORDER BY found.place;
