-- champion_challenger: would the challenger rank leads better than the model in
-- use, or is the difference luck?
--
-- A row a kind of leads. Each lead whose outcome is known is judged by the
-- champion and by the challenger that were the latest when it was looked at, of
-- its segment or else of all, so that neither had seen it or anything later: a
-- comparison on leads that came afterwards. Both judge the same leads; the test
-- is the paired one of DeLong, DeLong and Clarke-Pearson (1988).
--
-- requires: lead_training lead_model_version policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW champion_challenger WITH (security_invoker = true) AS
SELECT judged.kind,
	judged.leads::integer AS leads,
	judged.won::integer AS won,
	(judged.ranking).auc_a AS champion_auc,
	(judged.ranking).auc_b AS challenger_auc,
	-(judged.ranking).difference AS difference,
	-(judged.ranking).high AS difference_low,
	-(judged.ranking).low AS difference_high,
	(judged.ranking).p_value,
	judged.champion_brier,
	judged.challenger_brier,
	judged.champion_log_loss,
	judged.challenger_log_loss,
	judged.measured_from,
	judged.measured_until,
	CASE
		WHEN judged.won = 0 OR judged.won = judged.leads THEN 'all of one outcome: nothing to rank'
		WHEN judged.won < judged.minimum_won OR judged.leads - judged.won < judged.minimum_lost
			THEN format('few leads: %s won, %s lost; policy.minimum_won is %s, policy.minimum_lost is %s',
				judged.won, judged.leads - judged.won, judged.minimum_won, judged.minimum_lost)
		WHEN (judged.ranking).p_value < 1 - judged.confidence AND (judged.ranking).difference < 0 THEN 'the challenger ranks better'
		WHEN (judged.ranking).p_value < 1 - judged.confidence THEN 'the champion ranks better'
		ELSE 'no difference that could not be luck'
	END AS reason
FROM (
	SELECT both_said.kind,
		count(*) AS leads,
		count(*) FILTER (WHERE both_said.is_won) AS won,
		clientele.auc_difference(clientele.paired_scores(both_said.champion, both_said.challenger, both_said.is_won), both_said.confidence) AS ranking,
		clientele.brier(both_said.champion, both_said.is_won) AS champion_brier,
		clientele.brier(both_said.challenger, both_said.is_won) AS challenger_brier,
		clientele.log_loss(both_said.champion, both_said.is_won) AS champion_log_loss,
		clientele.log_loss(both_said.challenger, both_said.is_won) AS challenger_log_loss,
		min(both_said.measured_at) AS measured_from,
		max(both_said.measured_at) AS measured_until,
		both_said.confidence,
		both_said.minimum_won,
		both_said.minimum_lost
	FROM (
		SELECT lead.kind,
			lead.is_won,
			lead.measured_at,
			clientele.win_probability(champion.model, to_jsonb(lead)) AS champion,
			clientele.win_probability(challenger.model, to_jsonb(lead)) AS challenger,
			policy.confidence,
			policy.minimum_won,
			policy.minimum_lost
		FROM lead_training AS lead
		-- of leads from before there were both, nothing needs to be known
		JOIN (
			SELECT first.kind, max(first.at) AS since
			FROM (
				SELECT fitted.kind, fitted.role, min(fitted.as_of) AS at
				FROM lead_model_version AS fitted
				WHERE fitted.role = ANY (ARRAY['champion', 'challenger'])
					AND fitted.status = ANY (ARRAY['ok', 'separated', 'given'])
				GROUP BY fitted.kind, fitted.role
			) AS first
			GROUP BY first.kind
			HAVING count(*) = 2
		) AS both_there ON both_there.kind = lead.kind AND both_there.since <= lead.measured_at
		CROSS JOIN (SELECT confidence, minimum_won, minimum_lost FROM policy LIMIT 1) AS policy
		CROSS JOIN LATERAL (
			SELECT lead_model_version.model
			FROM lead_model_version
			WHERE lead_model_version.kind = lead.kind
				AND lead_model_version.segment = ANY (ARRAY[lead.segment, 'all'])
				AND lead_model_version.role = 'champion'
				AND (lead_model_version.status = ANY (ARRAY['ok', 'given']) OR (lead_model_version.status = 'separated' AND lead_model_version.segment = 'all'))
				AND lead_model_version.as_of <= lead.measured_at
			ORDER BY lead_model_version.segment = lead.segment DESC, lead_model_version.as_of DESC
			LIMIT 1
		) AS champion
		CROSS JOIN LATERAL (
			SELECT lead_model_version.model
			FROM lead_model_version
			WHERE lead_model_version.kind = lead.kind
				AND lead_model_version.segment = ANY (ARRAY[lead.segment, 'all'])
				AND lead_model_version.role = 'challenger'
				AND (lead_model_version.status = ANY (ARRAY['ok', 'given']) OR (lead_model_version.status = 'separated' AND lead_model_version.segment = 'all'))
				AND lead_model_version.as_of <= lead.measured_at
			ORDER BY lead_model_version.segment = lead.segment DESC, lead_model_version.as_of DESC
			LIMIT 1
		) AS challenger
		OFFSET 0
	) AS both_said
	GROUP BY both_said.kind, both_said.confidence, both_said.minimum_won, both_said.minimum_lost
) AS judged;
COMMENT ON VIEW champion_challenger IS
'Would the challenger rank leads better than the model in use, or is the difference luck? A row a kind of leads that has both, on leads that came after both were fitted.';
COMMENT ON COLUMN champion_challenger.kind IS 'The leads: prospect, upsell, cross-sell or renewal.';
COMMENT ON COLUMN champion_challenger.leads IS 'Leads that both models judged before their outcome was known.';
COMMENT ON COLUMN champion_challenger.won IS 'How many of them were won.';
COMMENT ON COLUMN champion_challenger.champion_auc IS 'Area under the ROC curve of the champion: the chance that it ranks a won lead above a lost one.';
COMMENT ON COLUMN champion_challenger.challenger_auc IS 'That of the challenger.';
COMMENT ON COLUMN champion_challenger.difference IS 'Challenger less champion; above 0 the challenger ranks better.';
COMMENT ON COLUMN champion_challenger.difference_low IS 'Lower end of the interval of the difference, at policy.confidence.';
COMMENT ON COLUMN champion_challenger.difference_high IS 'Its upper end.';
COMMENT ON COLUMN champion_challenger.p_value IS 'Two-sided p value of the paired test that there is no difference.';
COMMENT ON COLUMN champion_challenger.champion_brier IS 'Mean squared error of the champion''s probabilities; less is better.';
COMMENT ON COLUMN champion_challenger.challenger_brier IS 'That of the challenger.';
COMMENT ON COLUMN champion_challenger.champion_log_loss IS 'Mean logarithmic loss of the champion''s probabilities; less is better.';
COMMENT ON COLUMN champion_challenger.challenger_log_loss IS 'That of the challenger.';
COMMENT ON COLUMN champion_challenger.measured_from IS 'When the first of these leads was looked at.';
COMMENT ON COLUMN champion_challenger.measured_until IS 'When the last of them was.';
COMMENT ON COLUMN champion_challenger.reason IS 'What it says, in words, or why it says little.';
