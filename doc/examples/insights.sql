-- An example of each insight, on the sample CRM as of 2026-07-01: test/insights
-- runs them and writes doc/insights.md.
--
-- "-- group:" begins a chapter, "-- insight:" an insight (several where one
-- query shows them), and the lines of comment that follow are text of the document.

-- group: Who the customers are, and what they are worth

-- insight: account_segment
SELECT segment, count(*) AS accounts, sum(revenue) AS revenue, sum(subscriptions_running) AS subscriptions FROM crm.account_segment GROUP BY segment ORDER BY segment;

-- insight: top_customers
SELECT rank, name, revenue, share::numeric(5,4), cumulative_share::numeric(5,4), last_purchased_on FROM crm.top_customers ORDER BY rank LIMIT 5;

-- insight: top_customer_recall
-- Write down whom you think it is, before you look.
SELECT * FROM crm.top_customer_recall(ARRAY['Wilonamark Machine Works', 'caramaquist clinics', 'A000208', 'Acme']);

-- insight: revenue_concentration
SELECT period, customers, revenue, top_10_share::numeric(4,3) AS top_10, top_20_percent_share::numeric(4,3) AS top_fifth, customers_for_80_percent AS for_80, gini::numeric(4,3)
FROM crm.revenue_concentration ORDER BY year DESC NULLS FIRST;

-- insight: customer_value
SELECT name, days_since_last_purchase AS days, frequency, p_alive::numeric(4,3), expected_purchases::numeric(5,2), clv, clv_low, clv_high
FROM crm.customer_value ORDER BY clv DESC LIMIT 5;

-- insight: model_fit
SELECT starts_on, is_after_fit, actual, expected::numeric(6,1), cumulative_actual, cumulative_expected::numeric(8,1), cumulative_error::numeric(5,4)
FROM crm.model_fit ORDER BY period DESC LIMIT 5;

-- insight: net_revenue_retention
SELECT cohort_month, measured_on, customers, customers_kept, start_revenue, end_revenue, net_retention::numeric(4,3), gross_retention::numeric(4,3)
FROM crm.net_revenue_retention WHERE basis = 'purchases' ORDER BY cohort_month DESC LIMIT 5;

-- insight: growth_split
SELECT period, revenue, growth::numeric(5,3), new_revenue, expanded_revenue, contracted_revenue, lost_revenue, existing_share::numeric(4,3) FROM crm.growth_split ORDER BY starts_on DESC LIMIT 4;

-- insight: replacement_economics
SELECT customers, kept, lost, won, cost_to_win::numeric(10,2), cost_to_keep::numeric(10,2), profit_of_100_replaced::numeric(12,2), new_for_one_lost::numeric(6,2), reason FROM crm.replacement_economics;

-- group: Whom we know, whom we reach

-- insight: touchpoint_coverage
SELECT name, contacts_known AS known, contacts_reached AS reached, gap, is_single_threaded AS single, roles_missing, days_since_last_touch AS days, reason
FROM crm.touchpoint_coverage WHERE segment = 'customer' ORDER BY account_id LIMIT 5;

-- insight: coverage_gaps
SELECT rank, name, value_at_risk, contacts_reached || ' of ' || minimum_contacts AS reached, next_contact_name, next_contact_role, next_contact_reason FROM crm.coverage_gaps ORDER BY rank LIMIT 5;

-- insight: next_contacts
SELECT name, place, contact_name, role, last_touched_on, reason FROM crm.next_contacts
WHERE account_id = (SELECT account_id FROM crm.coverage_gaps WHERE contacts_to_reach > 1 ORDER BY rank LIMIT 1) ORDER BY place;

-- insight: five_contact_evidence
-- Contacts are counted before the window in which customers buy again.
SELECT contacts, is_minimum, customers, repeat_rate::numeric(4,3), repeat_rate_low::numeric(4,3) AS low, repeat_rate_high::numeric(4,3) AS high, difference::numeric(4,3), p_value::numeric(4,3)
FROM crm.five_contact_evidence ORDER BY contacts;

-- insight: attention_gap
SELECT name, is_neglected, is_orphan, revenue, days_since_attention AS days, reason FROM crm.attention_gap WHERE is_neglected ORDER BY revenue DESC LIMIT 5;

-- insight: attention_by_tenure
SELECT tenure_year, customers, neglected, neglected_share::numeric(4,3), neglected_share_low::numeric(4,3) AS low, neglected_share_high::numeric(4,3) AS high, touches_per_customer::numeric(5,2) AS touches
FROM crm.attention_by_tenure ORDER BY tenure_year;

-- insight: attention_before_leaving, attention_of_leavers
-- Each customer that left beside one that stayed, and what that says of all pairs. Here whoever has not bought for two years has left.
UPDATE crm.policy SET customer_window = '2 years';
SELECT name, left_on, attention_touches AS touches, twin_name, twin_attention_touches AS twin_touches FROM crm.attention_before_leaving ORDER BY left_on DESC, account_id LIMIT 3;
SELECT pairs, touches_per_leaver::numeric(5,2), touches_per_twin::numeric(5,2), difference::numeric(5,3), p_value::numeric(6,4), finding FROM crm.attention_of_leavers;
UPDATE crm.policy SET customer_window = NULL;

-- insight: effort_split
SELECT segment, accounts, touches, minutes, touch_share::numeric(4,3), minute_share::numeric(4,3), target_share::numeric(4,3), touches_over_target::numeric(4,3) AS over_target FROM crm.effort_split ORDER BY segment;

-- insight: touch_collisions
SELECT name, kind, contact_name, owners, touches, allowed, who, reason FROM crm.touch_collisions ORDER BY last_touched_at DESC, account_id, kind, contact_id LIMIT 4;

-- insight: response_parity
SELECT segment, requests, answered, median_hours::numeric(6,2), p90_hours::numeric(6,2), in_time_share::numeric(4,3) AS in_time, response_p_value::numeric(6,4) AS p_value, response_finding
FROM crm.response_parity ORDER BY segment;

-- group: People

-- insight: contact_freshness
SELECT name, contact_name, freshness, days_since_verified::integer AS days, due_on, reason FROM crm.contact_freshness WHERE is_due AND NOT coalesce(do_not_contact, false)
ORDER BY days_overdue DESC NULLS LAST, contact_id LIMIT 4;

-- insight: verification_plan, verification_sample
-- How many to check so that the share still in place is known to five points, and which.
SELECT stratum, contacts, to_check, to_check_alone FROM crm.verification_plan(0.05) ORDER BY stratum;
SELECT * FROM crm.verification_sample(7, 0.05) LIMIT 3;

-- insight: verification_estimate
SELECT stratum, contacts, checked, still_there, there_share::numeric(4,3), there_low::numeric(4,3) AS low, there_high::numeric(4,3) AS high, in_role_share::numeric(4,3) FROM crm.verification_estimate ORDER BY stratum;

-- insight: contact_moves
SELECT name, contact_name, role, left_at::date, new_name, new_segment, replacement_name, reason FROM crm.contact_moves ORDER BY left_at DESC, contact_id LIMIT 4;

-- insight: referrals
SELECT name, segment, referrals, won, open, won_share::numeric(4,3), revenue, last_referred_at::date FROM crm.referrals ORDER BY referrals DESC, account_id LIMIT 4;

-- insight: referral_outcome
SELECT name, referred_at::date, referred_name, outcome, days_to_win::integer AS days, revenue FROM crm.referral_outcome ORDER BY referred_at DESC, referral_id LIMIT 4;

-- insight: referral_growth
SELECT measure, events_now AS now, events_before AS before, ratio::numeric(5,2), ratio_low::numeric(5,2) AS low, ratio_high::numeric(5,2) AS high, p_value::numeric(5,4) FROM crm.referral_growth ORDER BY measure;

-- insight: evangelists
SELECT name, advice, referrals, won, asked, satisfaction::numeric(3,1), contact_name, reason FROM crm.evangelists ORDER BY advice, won DESC, account_id LIMIT 4;

-- group: The data itself

-- insight: profile_completeness
SELECT name, segment, share::numeric(4,3), grade, demographic_share::numeric(4,3) AS demographic, missing, ask_for FROM crm.profile_completeness ORDER BY share, account_id LIMIT 3;

-- insight: profile_completeness_by_segment, profile_facts
-- Of how many is a field known, customers beside prospects; profile_facts are the fields of one account, one by one.
SELECT class, segment, accounts, share::numeric(4,3), grade, difference::numeric(5,3), difference_low::numeric(5,3) AS low, difference_high::numeric(5,3) AS high, finding FROM crm.profile_completeness_by_segment WHERE field IS NULL ORDER BY class, segment;
SELECT account_id, contacts, industry, employees, title, role, email, phone, purchases, cost FROM crm.profile_facts ORDER BY account_id LIMIT 2;

-- insight: contact_duplicates
SELECT contact_id, contact_name, other_contact_id, other_contact_name, name_similarity::numeric(4,3) AS alike, score::numeric(4,3), is_likely, reason FROM crm.contact_duplicates ORDER BY score DESC, contact_id LIMIT 4;

-- insight: contact_duplicate_groups
SELECT group_id, contact_id, contact_name, is_kept, email, phone, touches FROM crm.contact_duplicate_groups ORDER BY group_id, NOT is_kept, contact_id LIMIT 4;

-- insight: contact_keys, shared_contact_keys
-- By what contacts are compared, and what is shared by too many to tell anybody apart.
SELECT contact_id, email_key, phone_key, name_key FROM crm.contact_keys ORDER BY contact_id LIMIT 2;
SELECT kind, key, contacts, reason FROM crm.shared_contact_keys ORDER BY contacts DESC, kind, key LIMIT 3;

-- insight: source_health
SELECT entity, rows, last_at::date, days_since_last::numeric(6,1) AS days, is_stale AS stale, refers_to, rows_without AS without, match_rate::numeric(5,4) AS matched, contradictions, reason FROM crm.source_health ORDER BY contradictions DESC NULLS LAST, entity LIMIT 5;

-- insight: source_contradictions
SELECT entity, kind, compared, rows, share::numeric(6,5), example_id, other_example_id FROM crm.source_contradictions WHERE rows > 0 ORDER BY rows DESC, entity, kind LIMIT 5;

-- group: Leads, of strangers and of customers

-- insight: all_leads
SELECT kind, count(*) AS leads, count(*) FILTER (WHERE closed_at IS NULL) AS open, count(*) FILTER (WHERE is_won) AS won FROM crm.all_leads GROUP BY kind ORDER BY kind;

-- insight: lead_features, lead_features_at
-- What models read: of each open lead as of now, and of any lead at any moment.
SELECT kind, lead_id, company_size, seniority, inbound_touches AS inbound, replies, meetings, usage_days, open_tickets AS tickets FROM crm.lead_features ORDER BY kind, lead_id LIMIT 4;
SELECT inbound_touches, replies, meetings, days_since_touch::numeric(5,1) FROM crm.all_leads AS lead, crm.lead_features_at(lead.kind, lead.lead_id, lead.contact_id, lead.account_id, lead.opened_at + interval '14 days')
WHERE lead.kind = 'prospect' ORDER BY lead.opened_at DESC, lead.lead_id LIMIT 1;

-- insight: lead_signal, lead_signals
-- What scorecards read: a row each time. lead_signals takes a row of lead_features; replace it for signals of your own.
SELECT signal, value, occurred_at FROM crm.lead_signal WHERE kind = 'upsell' AND lead_id = (SELECT max(lead_id) FROM crm.lead_features WHERE kind = 'upsell') ORDER BY signal, occurred_at LIMIT 5;

-- insight: lead_scores
SELECT kind, segment, name, points::numeric(5,1), grade, band, win_probability::numeric(4,3) AS p, vetoes, top_reasons FROM crm.lead_scores ORDER BY win_probability DESC NULLS LAST, lead_id LIMIT 5;

-- insight: lead_sheet, lead_judge, lead_score_reasons
-- The points of one lead, and where they come from; they sum exactly.
SELECT kind, lead_id, points FROM crm.lead_scores WHERE kind = 'prospect' ORDER BY points DESC, lead_id LIMIT 1;
SELECT place, signal, category, axis, points, times, last_seen::date FROM crm.lead_score_reasons AS reasons
WHERE (kind, lead_id) = (SELECT kind, lead_id FROM crm.lead_scores WHERE kind = 'prospect' ORDER BY points DESC, lead_id LIMIT 1) ORDER BY place;

-- insight: current_scorecard, current_model
SELECT kind, segment, name, version, basis FROM crm.current_scorecard ORDER BY kind, segment;
SELECT feature, estimate::numeric(5,3), odds_ratio::numeric(5,2) FROM clientele.coefficients(crm.current_model('all', 'prospect')) LIMIT 4;

-- insight: lead_training
SELECT kind, count(*) AS leads, count(*) FILTER (WHERE is_won) AS won, min(measured_at)::date AS first, max(known_at)::date AS last FROM crm.lead_training GROUP BY kind ORDER BY kind;

-- insight: champion_challenger
SELECT kind, leads, won, champion_auc::numeric(4,3), challenger_auc::numeric(4,3), difference::numeric(5,4), p_value::numeric(4,3), reason FROM crm.champion_challenger ORDER BY kind;

-- insight: customer_leads
SELECT name, kind, product, state, points::numeric(5,1), win_probability::numeric(4,3) AS p, value, is_qualified AS qualified, reasons FROM crm.customer_leads WHERE is_qualified ORDER BY value DESC NULLS LAST, account_id, kind, product_id LIMIT 4;

-- insight: customer_first_queue
SELECT place, owner_id, owner_place AS own, is_within_capacity AS now, item, kind, name, is_customer AS customer, value, reason FROM crm.customer_first_queue ORDER BY place LIMIT 6;

-- insight: pipeline
SELECT kind, stage, opportunities AS open, amount, win_rate::numeric(4,3), expected_amount::numeric(12,2) AS expected, median_age_days::numeric(5,1) AS days, overdue FROM crm.pipeline ORDER BY kind, place;

-- insight: stage_conversion
SELECT kind, stage, entered, went_on, won_here AS won, lost_here AS lost, conversion::numeric(4,3), conversion_low::numeric(4,3) AS low, conversion_high::numeric(4,3) AS high, median_days::numeric(5,1) AS days
FROM crm.stage_conversion ORDER BY kind, place;

-- insight: opportunity_progress
SELECT step, stage, entered_at::date, days::numeric(5,1), next, is_current, is_won FROM crm.opportunity_progress
WHERE opportunity_id = (SELECT opportunity_id FROM crm.opportunity_progress WHERE is_won ORDER BY entered_at DESC, opportunity_id LIMIT 1) ORDER BY step;

-- group: Products, use and support

-- insight: product_ownership
SELECT product, count(*) AS owners, min(owned_since) AS since FROM crm.product_ownership GROUP BY product ORDER BY owners DESC, product LIMIT 4;

-- insight: product_association
SELECT product, next_product, owners, both_owners, confidence::numeric(4,3), lift::numeric(5,2) FROM crm.product_association ORDER BY lift DESC, product_id, next_product_id LIMIT 4;

-- insight: next_product_audience
SELECT name, segment, because_of, association::numeric(4,3), reach::numeric(3,2), value, score::numeric(10,2) FROM crm.next_product_audience('relay-plus') ORDER BY place LIMIT 4;

-- insight: quoted_not_bought
SELECT name, product, kind, amount, quoted_at::date, days_since::integer AS days, is_expired AS expired, reason FROM crm.quoted_not_bought ORDER BY amount DESC, quote_id LIMIT 4;

-- insight: usage_signals
SELECT name, usage_days AS days, usage_days_before AS before, trend, breadth::numeric(4,2), seat_use::numeric(4,2), is_little_used AS little, reason FROM crm.usage_signals ORDER BY change, account_id LIMIT 4;

-- insight: support_signals
SELECT name, open_tickets AS open, grave_open_tickets AS grave, oldest_open_days::numeric(6,1) AS oldest_days, satisfaction::numeric(3,1), holds_offers, reason FROM crm.support_signals ORDER BY open_tickets DESC, account_id LIMIT 4;

-- insight: subscription_tenure
-- A tenure is what one customer has of one product through all its renewals.
SELECT product_id, count(*) AS tenures, count(*) FILTER (WHERE state = 'running') AS running, count(*) FILTER (WHERE state = 'left') AS "left", max(periods) AS longest FROM crm.subscription_tenure GROUP BY product_id ORDER BY product_id LIMIT 4;

-- insight: subscription_value
SELECT name, product_id, tenure, next_renewal_on, renewal_rate::numeric(4,3) AS rate, renewal_rate_low::numeric(4,3) AS low, renewal_rate_high::numeric(4,3) AS high, expected_renewals::numeric(5,2) AS renewals, value
FROM crm.subscription_value ORDER BY value DESC, subscription_id LIMIT 4;

-- group: Whether the company does as it says

-- insight: discount_parity
SELECT name, new_purchases AS new, existing_purchases AS existing, new_discount::numeric(4,3), existing_discount::numeric(4,3), difference::numeric(5,4), existing_overpaid::numeric(12,2) AS overpaid, p_value::numeric(5,4)
FROM crm.discount_parity ORDER BY product_id LIMIT 4;

-- insight: incentive_balance
SELECT name, won, lost, new_value, expanded_value, retained_value, existing_share::numeric(4,3), renewal_rate::numeric(4,3) FROM crm.incentive_balance ORDER BY value DESC, owner_id LIMIT 4;

-- insight: program_results
SELECT name, members, controls, member_rate::numeric(4,3), control_rate::numeric(4,3), difference::numeric(5,3), difference_low::numeric(5,3) AS low, difference_high::numeric(5,3) AS high, p_value::numeric(6,4), result FROM crm.program_results ORDER BY program_id;
