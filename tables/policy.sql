-- policy: the numbers that the field is unsure of, in one row. Views read them
-- here and hold no constants of their own.
--
-- To run by hand: SET search_path = your_schema, clientele;
CREATE TABLE policy (
	is_policy boolean PRIMARY KEY DEFAULT true CHECK (is_policy),
	minimum_contacts integer NOT NULL DEFAULT 5 CHECK (minimum_contacts > 0),
	coverage_window interval NOT NULL DEFAULT '90 days' CHECK (coverage_window > '0'),
	response_target interval NOT NULL DEFAULT '4 hours' CHECK (response_target > '0'),
	customer_window interval CHECK (customer_window > '0'),
	revenue_window interval CHECK (revenue_window > '0'),
	horizon interval NOT NULL DEFAULT '12 months' CHECK (horizon > '0'),
	annual_rate float8 NOT NULL DEFAULT 0.10 CHECK (annual_rate >= 0 AND annual_rate < 'Infinity'),
	margin float8 NOT NULL DEFAULT 1.0 CHECK (margin > '-Infinity' AND margin < 'Infinity'),
	confidence float8 NOT NULL DEFAULT 0.95 CHECK (confidence > 0 AND confidence < 1),
	family text NOT NULL DEFAULT 'mbg/nbd',
	model_unit interval NOT NULL DEFAULT '7 days' CHECK (model_unit > '0'),
	minimum_customers integer NOT NULL DEFAULT 100 CHECK (minimum_customers > 0),
	minimum_repeat_customers integer NOT NULL DEFAULT 30 CHECK (minimum_repeat_customers > 0),
	prior_sd float8 CHECK (prior_sd > 0 AND prior_sd < 'Infinity'),
	model_segment text CHECK (model_segment = ANY (ARRAY['industry', 'country', 'territory'])),
	signal_window interval NOT NULL DEFAULT '30 days' CHECK (signal_window > '0'),
	lead_landmark interval NOT NULL DEFAULT '14 days' CHECK (lead_landmark >= '0'),
	lead_horizon interval NOT NULL DEFAULT '180 days' CHECK (lead_horizon > lead_landmark),
	minimum_won integer NOT NULL DEFAULT 40 CHECK (minimum_won >= 0),
	minimum_lost integer NOT NULL DEFAULT 40 CHECK (minimum_lost >= 0),
	minimum_usage_days integer NOT NULL DEFAULT 2 CHECK (minimum_usage_days >= 0),
	usage_trend float8 NOT NULL DEFAULT 0.25 CHECK (usage_trend >= 0 AND usage_trend < 'Infinity'),
	maximum_open_tickets integer NOT NULL DEFAULT 2 CHECK (maximum_open_tickets >= 0),
	grave_severities text[] NOT NULL DEFAULT ARRAY['high', 'critical'],
	support_window interval NOT NULL DEFAULT '90 days' CHECK (support_window > '0'),
	quote_window interval NOT NULL DEFAULT '1 year' CHECK (quote_window > '0'),
	retention_period interval NOT NULL DEFAULT '12 months' CHECK (retention_period > '0'),
	retention_window interval NOT NULL DEFAULT '12 months' CHECK (retention_window > '0'),
	retention_cohorts integer NOT NULL DEFAULT 36 CHECK (retention_cohorts > 0),
	minimum_cases integer NOT NULL DEFAULT 10 CHECK (minimum_cases > 0),
	growth_period text NOT NULL DEFAULT 'year' CHECK (growth_period = ANY (ARRAY['year', 'quarter', 'month'])),
	wanted_roles text[],
	repeat_window interval NOT NULL DEFAULT '12 months' CHECK (repeat_window > '0'),
	attention_window interval NOT NULL DEFAULT '90 days' CHECK (attention_window > '0'),
	effort_window interval NOT NULL DEFAULT '12 months' CHECK (effort_window > '0'),
	customer_effort_share float8 NOT NULL DEFAULT 0.5 CHECK (customer_effort_share >= 0 AND customer_effort_share <= 1),
	cost_per_hour numeric CHECK (cost_per_hour >= 0 AND cost_per_hour < 'Infinity'),
	collision_window interval NOT NULL DEFAULT '7 days' CHECK (collision_window > '0'),
	touch_cap integer NOT NULL DEFAULT 8 CHECK (touch_cap > 0),
	touch_cap_window interval NOT NULL DEFAULT '30 days' CHECK (touch_cap_window > '0'),
	response_window interval NOT NULL DEFAULT '12 months' CHECK (response_window > '0'),
	parity_window interval NOT NULL DEFAULT '12 months' CHECK (parity_window > '0'),
	newcomer_window interval NOT NULL DEFAULT '1 day' CHECK (newcomer_window > '0'),
	incentive_window interval NOT NULL DEFAULT '12 months' CHECK (incentive_window > '0'),
	economics_window interval NOT NULL DEFAULT '12 months' CHECK (economics_window > '0'),
	program_horizon interval NOT NULL DEFAULT '90 days' CHECK (program_horizon > '0'),
	verification_window interval NOT NULL DEFAULT '180 days' CHECK (verification_window > '0'),
	holdout_window interval NOT NULL DEFAULT '90 days' CHECK (holdout_window > '0'),
	tracking_period interval NOT NULL DEFAULT '7 days' CHECK (tracking_period > '0' AND tracking_period = date_trunc('day', tracking_period)),
	renewal_notice interval NOT NULL DEFAULT '90 days' CHECK (renewal_notice >= '0'),
	full_use float8 NOT NULL DEFAULT 0.8 CHECK (full_use > 0 AND full_use < 'Infinity'),
	minimum_both_owners integer NOT NULL DEFAULT 5 CHECK (minimum_both_owners > 0),
	referral_window interval NOT NULL DEFAULT '1 year' CHECK (referral_window > '0'),
	ask_window interval NOT NULL DEFAULT '90 days' CHECK (ask_window > '0'),
	maximum_asks integer NOT NULL DEFAULT 1 CHECK (maximum_asks >= 0),
	evangelist_purchases integer NOT NULL DEFAULT 3 CHECK (evangelist_purchases > 0),
	renewal_period interval NOT NULL DEFAULT '1 year' CHECK (renewal_period >= '1 day' AND renewal_period = date_trunc('day', renewal_period)),
	renewal_grace interval NOT NULL DEFAULT '30 days' CHECK (renewal_grace >= '0' AND renewal_grace < renewal_period),
	renewal_family text NOT NULL DEFAULT 'sbg' CHECK (renewal_family = ANY (ARRAY['sbg', 'bdw'])),
	minimum_subscriptions integer NOT NULL DEFAULT 100 CHECK (minimum_subscriptions > 0),
	minimum_churned_subscriptions integer NOT NULL DEFAULT 20 CHECK (minimum_churned_subscriptions >= 0),
	fact_changes text NOT NULL DEFAULT 'compared' CHECK (fact_changes = ANY (ARRAY['new', 'compared', 'all'])),
	fact_overlap interval NOT NULL DEFAULT '1 day' CHECK (fact_overlap >= '0'),
	lead_segment text CHECK (lead_segment = ANY (ARRAY['industry', 'country', 'territory', 'company_size'])),
	profile_fields text[] NOT NULL DEFAULT ARRAY['contact name', 'role', 'e-mail', 'phone', 'industry', 'employees', 'country', 'title',
		'account name', 'annual revenue', 'territory', 'seniority', 'department',
		'touch', 'answer', 'interest', 'use', 'offer', 'amount', 'product', 'list price', 'cost']
		CHECK (profile_fields <@ ARRAY['contact name', 'role', 'e-mail', 'phone', 'industry', 'employees', 'country', 'title',
		'account name', 'annual revenue', 'territory', 'seniority', 'department',
		'touch', 'answer', 'interest', 'use', 'offer', 'amount', 'product', 'list price', 'cost']),
	profile_grades float8[] NOT NULL DEFAULT ARRAY[0.9, 0.75, 0.6, 0.4] CHECK (cardinality(profile_grades) BETWEEN 1 AND 25),
	placeholders text[] NOT NULL DEFAULT ARRAY['n/a', 'na', 'none', 'unknown', 'tbd', 'test', '-', '--', '.', '?', 'x'],
	phone_digits integer NOT NULL DEFAULT 8 CHECK (phone_digits BETWEEN 4 AND 15),
	key_sharing_limit integer NOT NULL DEFAULT 5 CHECK (key_sharing_limit > 1),
	name_comparison_limit integer NOT NULL DEFAULT 100 CHECK (name_comparison_limit > 1),
	name_similarity float8 NOT NULL DEFAULT 0.55 CHECK (name_similarity > 0 AND name_similarity <= 1),
	email_evidence float8 NOT NULL DEFAULT 0.9 CHECK (email_evidence >= 0 AND email_evidence <= 1),
	phone_evidence float8 NOT NULL DEFAULT 0.6 CHECK (phone_evidence >= 0 AND phone_evidence <= 1),
	name_evidence float8 NOT NULL DEFAULT 0.6 CHECK (name_evidence >= 0 AND name_evidence <= 1),
	duplicate_score float8 NOT NULL DEFAULT 0.5 CHECK (duplicate_score > 0 AND duplicate_score <= 1),
	source_window interval NOT NULL DEFAULT '30 days' CHECK (source_window > '0'),
	booking_window interval NOT NULL DEFAULT '30 days' CHECK (booking_window > '0')
);
INSERT INTO policy DEFAULT VALUES;
COMMENT ON TABLE policy IS 'What this company has decided: the numbers that the insights use. One row: change it with UPDATE.';
COMMENT ON COLUMN policy.is_policy IS 'Always true: keeps the table to one row.';
COMMENT ON COLUMN policy.minimum_contacts IS 'How many contacts of a customer are to be reached within coverage_window.';
COMMENT ON COLUMN policy.coverage_window IS 'For how long a touch counts as contact.';
COMMENT ON COLUMN policy.response_target IS 'Within what time a customer is to be answered.';
COMMENT ON COLUMN policy.customer_window IS 'An account whose last purchase is older than this, and that has no running subscription, is a former customer. NULL: once a customer, always a customer.';
COMMENT ON COLUMN policy.revenue_window IS 'The time before the moment in question whose revenue ranks the top customers. NULL: all time.';
COMMENT ON COLUMN policy.horizon IS 'The coming time whose purchases and value are predicted.';
COMMENT ON COLUMN policy.annual_rate IS 'Discount rate a year (effective), as a fraction: 0.10 is 10 %.';
COMMENT ON COLUMN policy.margin IS 'Share of revenue that counts as value. 1: customer value is in revenue; set it to the gross margin for value in profit.';
COMMENT ON COLUMN policy.confidence IS 'Confidence of the intervals, as a fraction.';
COMMENT ON COLUMN policy.family IS 'Family of purchase models to fit. mbg/nbd, because under bg/nbd whoever bought once is alive for certain, however long ago that was.';
COMMENT ON COLUMN policy.model_unit IS 'The unit of time of the model''s parameters. It does not change any prediction.';
COMMENT ON COLUMN policy.minimum_customers IS 'Fit no model to fewer customers than this. Below some hundreds the likelihood often has no maximum; see prior_sd.';
COMMENT ON COLUMN policy.minimum_repeat_customers IS 'Fit no model to fewer customers with a second purchase than this.';
COMMENT ON COLUMN policy.prior_sd IS 'Standard deviation of a weak prior on the logarithm of each parameter (3 is weak), for small customer bases. NULL: none, plain maximum likelihood.';
COMMENT ON COLUMN policy.model_segment IS 'industry, country or territory: customers of each have a model of purchases of their own, where there is enough data for one; NULL: one model for all.';
COMMENT ON COLUMN policy.signal_window IS 'For how long touches, use and tickets count among the features of a lead.';
COMMENT ON COLUMN policy.lead_landmark IS 'How long after it was opened a lead is looked at to learn from it: models see of a past lead what was known by then, and leads that were already won or lost by then are left out.';
COMMENT ON COLUMN policy.lead_horizon IS 'Within what time after it was opened a lead is to be won. One that was not is a lost one, and a lead without an opportunity is closed then.';
COMMENT ON COLUMN policy.minimum_won IS 'Fit no model to fewer won leads than this.';
COMMENT ON COLUMN policy.minimum_lost IS 'Fit no model to fewer lost leads than this.';
COMMENT ON COLUMN policy.minimum_usage_days IS 'A customer who used what it bought on fewer days than this within signal_window uses it little: it is to be helped before anything is offered to it.';
COMMENT ON COLUMN policy.usage_trend IS 'By what fraction the days of use must differ from those of the time before to be called rising or falling: 0.25 is 25 %.';
COMMENT ON COLUMN policy.maximum_open_tickets IS 'A customer with more open tickets than this is to be helped before anything is offered to it.';
COMMENT ON COLUMN policy.grave_severities IS 'The severities of tickets that are grave: one such open ticket holds offers back. Compared in lower case.';
COMMENT ON COLUMN policy.support_window IS 'For how long tickets count in support_signals.';
COMMENT ON COLUMN policy.quote_window IS 'For how long a quote or basket that was not bought is worth asking about.';
COMMENT ON COLUMN policy.retention_period IS 'How long after a day net_revenue_retention looks again at the customers of that day.';
COMMENT ON COLUMN policy.retention_window IS 'The time before a day whose purchases are the revenue that stands on it, in net_revenue_retention. Subscriptions need none.';
COMMENT ON COLUMN policy.retention_cohorts IS 'How many months back net_revenue_retention goes.';
COMMENT ON COLUMN policy.minimum_cases IS 'Where a number rests on fewer cases than this, such as customers of a month, purchases of a product or members of a program, the insight says so.';
COMMENT ON COLUMN policy.growth_period IS 'year, quarter or month: the periods that growth_split compares.';
COMMENT ON COLUMN policy.wanted_roles IS 'Roles of contacts that are to be reached at every account. NULL: the roles of the contacts that are known at it.';
COMMENT ON COLUMN policy.repeat_window IS 'The time before the moment in question in which customers of before could buy again: evidence for the number of contacts is looked for in it.';
COMMENT ON COLUMN policy.attention_window IS 'A customer whom nobody has approached of their own accord for so long is neglected.';
COMMENT ON COLUMN policy.effort_window IS 'The time before the moment in question whose touches and costs are split between customers and prospects.';
COMMENT ON COLUMN policy.customer_effort_share IS 'Share of touches, time and money that customers are to get, as a fraction.';
COMMENT ON COLUMN policy.cost_per_hour IS 'What an hour of a person costs, in the currency of the workspace; NULL: time is not counted as cost.';
COMMENT ON COLUMN policy.collision_window IS 'Two who approach an account within this time get in each other''s way.';
COMMENT ON COLUMN policy.touch_cap IS 'A contact is to be approached at most so often within touch_cap_window.';
COMMENT ON COLUMN policy.touch_cap_window IS 'See touch_cap.';
COMMENT ON COLUMN policy.response_window IS 'The time before the moment in question whose requests are judged by how fast they were answered.';
COMMENT ON COLUMN policy.parity_window IS 'The time whose prices discount_parity compares.';
COMMENT ON COLUMN policy.newcomer_window IS 'For how long after its first purchase an account is a new customer, in discount_parity.';
COMMENT ON COLUMN policy.incentive_window IS 'The time whose closed opportunities incentive_balance sums.';
COMMENT ON COLUMN policy.economics_window IS 'The time of replacement_economics: what was lost, won, spent and earned in it, beside the time of the same length before.';
COMMENT ON COLUMN policy.program_horizon IS 'Within what time after an account joined a program, or was drawn as a control, it is to buy for program_results.';
COMMENT ON COLUMN policy.verification_window IS 'For how long a check that a contact is still there, in the same role, holds.';
COMMENT ON COLUMN policy.holdout_window IS 'How old the model is to be that model_fit judges, so that there is a time after it to judge it by.';
COMMENT ON COLUMN policy.tracking_period IS 'The periods by which model_fit compares what came with what was expected: whole days or months.';
COMMENT ON COLUMN policy.renewal_notice IS 'How long before a subscription ends its renewal is worth talking about.';
COMMENT ON COLUMN policy.full_use IS 'A customer who uses this share of what it pays for, or of its seats, may need more: 0.8 is 80 %.';
COMMENT ON COLUMN policy.minimum_both_owners IS 'So many accounts must own two products for owners of the one to be offered the other.';
COMMENT ON COLUMN policy.referral_window IS 'The time before the moment in question whose referrals are compared with those of the same time before.';
COMMENT ON COLUMN policy.ask_window IS 'For how long a customer that referred somebody, or was asked to, is left alone.';
COMMENT ON COLUMN policy.maximum_asks IS 'A customer that was asked for a recommendation more often than this within ask_window was asked too often.';
COMMENT ON COLUMN policy.evangelist_purchases IS 'A customer that has bought as often as this may be asked for a recommendation, even if it never made one.';
COMMENT ON COLUMN policy.renewal_period IS 'For what time customers sign, and after which they decide whether to renew: a year or a month. Not shorter than they can leave: a yearly contract counted in months has eleven renewals in twelve at which nobody can.';
COMMENT ON COLUMN policy.renewal_grace IS 'For how long after a subscription has ended its renewal may still come, and how much later than due an end counts as one at that renewal. Less than renewal_period: some days where that is a month.';
COMMENT ON COLUMN policy.renewal_family IS 'Family of the models of renewal to fit. sbg: customers differ, and each stays as likely to renew as before; bdw: that may change with time, for which it takes more data.';
COMMENT ON COLUMN policy.minimum_subscriptions IS 'Fit no model of renewals to fewer subscriptions that came to a renewal than this.';
COMMENT ON COLUMN policy.minimum_churned_subscriptions IS 'Fit no model of renewals to fewer subscriptions that have ended than this.';
COMMENT ON COLUMN policy.fact_changes IS 'How a refresh finds the accounts whose account_fact has changed. compared: it reads all purchases and touches, finds every change, and writes what differs; new: it reads the accounts that have rows with a time since the last refresh, and does not find what was changed, deleted or came later than fact_overlap; all: it writes every row again.';
COMMENT ON COLUMN policy.fact_overlap IS 'With fact_changes new: rows that are older than the last refresh by up to this are looked for too, as they may have come late.';
COMMENT ON COLUMN policy.lead_segment IS 'industry, country, territory or company_size: leads of each have scorecards and models of their own, where there are such (segment industry: Food) and enough data for a model; NULL: those of all.';
COMMENT ON COLUMN policy.profile_fields IS 'The fields that we want to know of each account, the most important one first. Company: account name, industry, employees, annual revenue, country, territory; people: contact name, title, role, seniority, department, e-mail, phone; what they did: touch, answer, interest, use; what was offered and bought: offer, amount, product, list price, cost.';
COMMENT ON COLUMN policy.profile_grades IS 'From what share of filled fields on a profile is graded A, B, C, ...; below the last of them one letter further.';
COMMENT ON COLUMN policy.placeholders IS 'Texts that stand in a field where nothing is known. Compared in lower case, without blanks around.';
COMMENT ON COLUMN policy.phone_digits IS 'How many of the last digits of two telephone numbers must be the same for the numbers to be.';
COMMENT ON COLUMN policy.key_sharing_limit IS 'An e-mail address, a telephone number or a name at an account that more contacts have than this tells nobody apart.';
COMMENT ON COLUMN policy.name_comparison_limit IS 'Names that are alike are looked for at accounts, and among e-mail addresses of one domain, of at most so many contacts.';
COMMENT ON COLUMN policy.name_similarity IS 'From what similarity (pg_trgm) on two names are alike: 1 is the same.';
COMMENT ON COLUMN policy.email_evidence IS 'How sure the same e-mail address makes that two contacts are the same person, from 0 to 1.';
COMMENT ON COLUMN policy.phone_evidence IS 'How sure the same telephone number makes it, from 0 to 1.';
COMMENT ON COLUMN policy.name_evidence IS 'How sure the same name makes it, at one account or of one domain of e-mail addresses, from 0 to 1; of names that are alike it is that times their similarity.';
COMMENT ON COLUMN policy.duplicate_score IS 'From what score on two contacts are likely to be the same person.';
COMMENT ON COLUMN policy.source_window IS 'An entity of which nothing new has come for longer than this is stale, in source_health.';
COMMENT ON COLUMN policy.booking_window IS 'How far apart the day on which a deal was won and the day on which it was booked may be.';
