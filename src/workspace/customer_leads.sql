-- Customers as leads: opened, changed, closed and taken back, in the tables
-- customer_lead and customer_lead_event of a workspace.

CREATE FUNCTION clientele.customer_lead_state(workspace text, customer_lead_id text,
	OUT step integer, OUT happened_at timestamptz, OUT event text, OUT stage text, OUT owner_id text, OUT opportunity_id text, OUT outcome text)
RETURNS record
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('SELECT step, happened_at, event, stage, owner_id, opportunity_id, outcome
		FROM %I.customer_lead_event WHERE customer_lead_id = $1 ORDER BY step DESC LIMIT 1', customer_lead_state.workspace)
	INTO step, happened_at, event, stage, owner_id, opportunity_id, outcome
	USING customer_lead_state.customer_lead_id;
END
$$;
COMMENT ON FUNCTION clientele.customer_lead_state(text, text) IS
'The last event of a customer lead of a workspace: how it stands now. NULLs if there is no such lead.';

CREATE PROCEDURE clientele.record_customer_lead(workspace text, customer_lead_id text, happened_at timestamptz, event text,
	stage text, owner_id text, opportunity_id text, outcome text, note text)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	state record;
BEGIN
	SELECT * INTO state FROM clientele.customer_lead_state(record_customer_lead.workspace, record_customer_lead.customer_lead_id);
	IF record_customer_lead.happened_at IS NULL OR NOT isfinite(record_customer_lead.happened_at) THEN
		RAISE EXCEPTION 'when it happened is not a time: %', coalesce(record_customer_lead.happened_at::text, 'NULL')
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Leave the time out: it is then clientele.as_of().';
	END IF;
	IF record_customer_lead.happened_at < state.happened_at THEN
		RAISE EXCEPTION 'customer lead "%" has a later event', record_customer_lead.customer_lead_id
			USING ERRCODE = 'invalid_parameter_value',
				DETAIL = format('Its last event is of %s, this one would be of %s.', state.happened_at, record_customer_lead.happened_at),
				HINT = 'What has happened is kept in order: give a later time.';
	END IF;
	EXECUTE format('INSERT INTO %I.customer_lead_event (customer_lead_id, step, happened_at, event, stage, owner_id, opportunity_id, outcome, note)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)', record_customer_lead.workspace)
	USING record_customer_lead.customer_lead_id, coalesce(state.step, 0) + 1, record_customer_lead.happened_at, record_customer_lead.event,
		record_customer_lead.stage, record_customer_lead.owner_id, record_customer_lead.opportunity_id, record_customer_lead.outcome, record_customer_lead.note;
END
$$;
COMMENT ON PROCEDURE clientele.record_customer_lead(text, text, timestamptz, text, text, text, text, text, text) IS
'Writes down an event of a customer lead, after those that are there. clientele.open_customer_lead, close_customer_lead and reopen_customer_lead call it.';

CREATE FUNCTION clientele.open_customer_lead(workspace text, account_id text, kind text, product_id text DEFAULT NULL, contact_id text DEFAULT NULL,
	stage text DEFAULT NULL, owner_id text DEFAULT NULL, opportunity_id text DEFAULT NULL, amount numeric DEFAULT NULL, note text DEFAULT NULL,
	happened_at timestamptz DEFAULT clientele.as_of())
RETURNS text
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	segment text;
	is_known boolean;
	lead record;
	state record;
BEGIN
	PERFORM clientele.workspace_id(open_customer_lead.workspace);
	IF (open_customer_lead.kind = ANY (ARRAY['upsell', 'cross-sell', 'renewal'])) IS NOT TRUE THEN
		RAISE EXCEPTION 'unknown kind of customer lead: %', coalesce('"' || open_customer_lead.kind || '"', 'NULL')
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Kinds are upsell, cross-sell and renewal.';
	END IF;
	IF open_customer_lead.stage <> ALL (ARRAY['lead', 'opportunity']) THEN
		RAISE EXCEPTION 'unknown stage of a customer lead: "%"', open_customer_lead.stage
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Stages are lead and opportunity.';
	END IF;
	EXECUTE format('SELECT segment FROM %I.account_segment WHERE account_id = $1', open_customer_lead.workspace)
		INTO segment USING open_customer_lead.account_id;
	IF segment IS NULL OR segment = 'prospect' THEN
		RAISE EXCEPTION 'account % of workspace "%" is no customer', coalesce('"' || open_customer_lead.account_id || '"', 'NULL'), open_customer_lead.workspace
			USING ERRCODE = 'invalid_parameter_value',
				DETAIL = CASE WHEN segment IS NULL THEN 'There is no such account as of this moment.' ELSE 'It has never bought.' END,
				HINT = 'Leads of those who have not bought are kept in the CRM.';
	END IF;
	IF open_customer_lead.contact_id IS NOT NULL THEN
		EXECUTE format('SELECT EXISTS (SELECT FROM %I.contact WHERE contact_id = $1 AND account_id = $2)', open_customer_lead.workspace)
			INTO is_known USING open_customer_lead.contact_id, open_customer_lead.account_id;
		IF NOT is_known THEN
			RAISE EXCEPTION 'contact "%" is not one of account "%"', open_customer_lead.contact_id, open_customer_lead.account_id
				USING ERRCODE = 'invalid_parameter_value';
		END IF;
	END IF;
	IF open_customer_lead.product_id IS NOT NULL THEN
		EXECUTE format('SELECT EXISTS (SELECT FROM %I.product WHERE product_id = $1)', open_customer_lead.workspace)
			INTO is_known USING open_customer_lead.product_id;
		IF NOT is_known THEN
			RAISE EXCEPTION 'product "%" does not exist', open_customer_lead.product_id
				USING ERRCODE = 'invalid_parameter_value';
		END IF;
	END IF;

	-- Of two at once that open the same, the second finds what the first made.
	PERFORM pg_advisory_xact_lock(format('%I.customer_lead', open_customer_lead.workspace)::regclass::oid::integer, hashtext(open_customer_lead.account_id));
	FOR lead IN EXECUTE format('SELECT customer_lead_id FROM %I.customer_lead
			WHERE account_id = $1 AND kind = $2 AND product_id IS NOT DISTINCT FROM $3
			ORDER BY opened_at DESC, customer_lead_id', open_customer_lead.workspace)
		USING open_customer_lead.account_id, open_customer_lead.kind, open_customer_lead.product_id
	LOOP
		SELECT * INTO state FROM clientele.customer_lead_state(open_customer_lead.workspace, lead.customer_lead_id);
		IF state.event <> 'closed' THEN
			-- What is said goes, what is left out stays.
			IF (state.stage, state.owner_id, state.opportunity_id) IS DISTINCT FROM (coalesce(open_customer_lead.stage, state.stage),
					coalesce(open_customer_lead.owner_id, state.owner_id), coalesce(open_customer_lead.opportunity_id, state.opportunity_id)) THEN
				CALL clientele.record_customer_lead(open_customer_lead.workspace, lead.customer_lead_id, open_customer_lead.happened_at, 'changed',
					coalesce(open_customer_lead.stage, state.stage), coalesce(open_customer_lead.owner_id, state.owner_id),
					coalesce(open_customer_lead.opportunity_id, state.opportunity_id), NULL, open_customer_lead.note);
			END IF;
			RETURN lead.customer_lead_id;
		END IF;
	END LOOP;
	EXECUTE format('INSERT INTO %1$I.customer_lead (account_id, contact_id, kind, product_id, amount, opened_at, follows_id)
		VALUES ($1, $2, $3, $4, $5, $6, (
			-- the last of them: the one that none follows, whatever their times
			SELECT earlier.customer_lead_id FROM %1$I.customer_lead AS earlier
			WHERE earlier.account_id = $1 AND earlier.kind = $3 AND earlier.product_id IS NOT DISTINCT FROM $4
				AND NOT EXISTS (SELECT FROM %1$I.customer_lead AS later WHERE later.follows_id = earlier.customer_lead_id)
			ORDER BY earlier.opened_at DESC, earlier.customer_lead_id
			LIMIT 1))
		RETURNING customer_lead_id', open_customer_lead.workspace)
	INTO lead
	USING open_customer_lead.account_id, open_customer_lead.contact_id, open_customer_lead.kind, open_customer_lead.product_id,
		open_customer_lead.amount, open_customer_lead.happened_at;
	CALL clientele.record_customer_lead(open_customer_lead.workspace, lead.customer_lead_id, open_customer_lead.happened_at, 'opened',
		coalesce(open_customer_lead.stage, 'lead'), open_customer_lead.owner_id, open_customer_lead.opportunity_id, NULL, open_customer_lead.note);
	RETURN lead.customer_lead_id;
END
$$;
COMMENT ON FUNCTION clientele.open_customer_lead(text, text, text, text, text, text, text, text, numeric, text, timestamptz) IS
'Makes a customer a lead for something more (kind: upsell, cross-sell, renewal; of a product or none in particular), without converting anything: a row of the workspace''s table customer_lead, and its id. One that is open already stays the one: a second call gives the same id, and changes its stage (lead, which is where it begins, or opportunity), owner or opportunity of the CRM if they are said to be others; its note goes with that change. One opened after another was closed follows that one. Errors 22023: no customer, a contact of another account, an unknown product, a time before the last event.';

CREATE FUNCTION clientele.close_customer_lead(workspace text, customer_lead_id text, outcome text DEFAULT 'returned', note text DEFAULT NULL,
	happened_at timestamptz DEFAULT clientele.as_of())
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	account_id text;
	state record;
BEGIN
	PERFORM clientele.workspace_id(close_customer_lead.workspace);
	IF (close_customer_lead.outcome = ANY (ARRAY['won', 'lost', 'returned'])) IS NOT TRUE THEN
		RAISE EXCEPTION 'unknown outcome of a customer lead: %', coalesce('"' || close_customer_lead.outcome || '"', 'NULL')
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Outcomes are won, lost and returned (nothing was decided).';
	END IF;
	EXECUTE format('SELECT account_id FROM %I.customer_lead WHERE customer_lead_id = $1', close_customer_lead.workspace)
		INTO account_id USING close_customer_lead.customer_lead_id;
	IF account_id IS NULL THEN
		RAISE EXCEPTION 'customer lead % does not exist', coalesce('"' || close_customer_lead.customer_lead_id || '"', 'NULL')
			USING ERRCODE = 'no_data_found';
	END IF;
	PERFORM pg_advisory_xact_lock(format('%I.customer_lead', close_customer_lead.workspace)::regclass::oid::integer, hashtext(account_id));
	SELECT * INTO state FROM clientele.customer_lead_state(close_customer_lead.workspace, close_customer_lead.customer_lead_id);
	IF state.event = 'closed' AND state.outcome = close_customer_lead.outcome THEN
		RETURN false;
	END IF;
	CALL clientele.record_customer_lead(close_customer_lead.workspace, close_customer_lead.customer_lead_id, close_customer_lead.happened_at, 'closed',
		coalesce(state.stage, 'lead'), state.owner_id, state.opportunity_id, close_customer_lead.outcome, close_customer_lead.note);
	RETURN true;
END
$$;
COMMENT ON FUNCTION clientele.close_customer_lead(text, text, text, text, timestamptz) IS
'Ends a customer lead of a workspace: won, lost, or returned (nothing was decided; the customer is a customer as before). True if that was new: a second call with the same outcome changes nothing, one with another outcome corrects it, and what was said before stays in customer_lead_event. clientele.reopen_customer_lead takes it back.';

CREATE FUNCTION clientele.reopen_customer_lead(workspace text, customer_lead_id text, note text DEFAULT NULL, happened_at timestamptz DEFAULT clientele.as_of())
RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	lead record;
	other record;
	state record;
BEGIN
	PERFORM clientele.workspace_id(reopen_customer_lead.workspace);
	EXECUTE format('SELECT account_id, kind, product_id FROM %I.customer_lead WHERE customer_lead_id = $1', reopen_customer_lead.workspace)
		INTO lead USING reopen_customer_lead.customer_lead_id;
	IF lead.account_id IS NULL THEN
		RAISE EXCEPTION 'customer lead % does not exist', coalesce('"' || reopen_customer_lead.customer_lead_id || '"', 'NULL')
			USING ERRCODE = 'no_data_found';
	END IF;
	PERFORM pg_advisory_xact_lock(format('%I.customer_lead', reopen_customer_lead.workspace)::regclass::oid::integer, hashtext(lead.account_id));
	SELECT * INTO state FROM clientele.customer_lead_state(reopen_customer_lead.workspace, reopen_customer_lead.customer_lead_id);
	IF state.event <> 'closed' THEN
		RETURN false;
	END IF;
	FOR other IN EXECUTE format('SELECT customer_lead_id FROM %I.customer_lead
			WHERE account_id = $1 AND kind = $2 AND product_id IS NOT DISTINCT FROM $3 AND customer_lead_id <> $4', reopen_customer_lead.workspace)
		USING lead.account_id, lead.kind, lead.product_id, reopen_customer_lead.customer_lead_id
	LOOP
		IF (clientele.customer_lead_state(reopen_customer_lead.workspace, other.customer_lead_id)).event <> 'closed' THEN
			RAISE EXCEPTION 'customer lead "%" has been followed by another one that is open', reopen_customer_lead.customer_lead_id
				USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = format('That one is "%s".', other.customer_lead_id);
		END IF;
	END LOOP;
	CALL clientele.record_customer_lead(reopen_customer_lead.workspace, reopen_customer_lead.customer_lead_id, reopen_customer_lead.happened_at, 'reopened',
		state.stage, state.owner_id, state.opportunity_id, NULL, reopen_customer_lead.note);
	RETURN true;
END
$$;
COMMENT ON FUNCTION clientele.reopen_customer_lead(text, text, text, timestamptz) IS
'Takes the closing of a customer lead back: it stands as it did before. True if it was closed; one that is open stays as it is. Error 55000 if another one of the same customer, kind and product is open by now.';
