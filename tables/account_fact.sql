-- account_fact: the facts of each account, ready to be asked: what it bought and
-- whom we reached there, as values of Clientele's own types. Insights do not
-- read them, so that no insight depends on when this was refreshed.
--
--     SELECT account_id, clientele.coverage(touchpoints, '90 days', '2026-06-30') FROM account_fact;
--     SELECT account_id, clientele.rfm(purchases, '2026-06-30') FROM account_fact;
--
-- clientele.refresh_facts keeps them. They belong to the latest moment: a
-- refresh as of an earlier one leaves them alone. A row whose account has
-- nothing new is not written again.
--
-- What is kept was read by whoever refreshed. Others see it if nothing that it
-- rests on is hidden from them and, where row-level security goes by accounts,
-- the rows of the accounts that they see.
--
-- requires: account purchase touchpoint
-- To run by hand: SET search_path = your_schema, clientele;
CREATE TABLE account_fact (
	account_id text PRIMARY KEY,
	as_of timestamptz NOT NULL CHECK (isfinite(as_of)),
	purchases clientele.purchase_history,
	purchase_rows bigint NOT NULL CHECK (purchase_rows >= 0),
	revenue numeric,
	first_purchased_at timestamptz,
	last_purchased_at timestamptz,
	touchpoints clientele.touchpoints,
	touch_rows bigint NOT NULL CHECK (touch_rows >= 0),
	last_touched_at timestamptz
);
ALTER TABLE account_fact ENABLE ROW LEVEL SECURITY;
CREATE POLICY all_rows ON account_fact
	USING ((SELECT clientele.sees_all('purchase', 'account') AND clientele.sees_all('touchpoint', 'account')));
CREATE POLICY own_accounts ON account_fact FOR SELECT
	USING ((SELECT NOT (clientele.sees_all('purchase', 'account') AND clientele.sees_all('touchpoint', 'account')))
		AND EXISTS (SELECT FROM account WHERE account.account_id = account_fact.account_id));
COMMENT ON TABLE account_fact IS 'What each account bought, and whom we reached there, as values to be asked. One row an account with a purchase or a touch that came through, as of fact_refresh.as_of.';
COMMENT ON COLUMN account_fact.account_id IS 'The account.';
COMMENT ON COLUMN account_fact.as_of IS 'The moment as of which the row was written. It holds as of fact_refresh.as_of: by then nothing had changed.';
COMMENT ON COLUMN account_fact.purchases IS 'Its purchases up to then, by UTC day: ask clientele.rfm, purchases_between, revenue_between, first_purchase, last_purchase. NULL: none.';
COMMENT ON COLUMN account_fact.purchase_rows IS 'Number of rows of purchase up to then, refunds among them.';
COMMENT ON COLUMN account_fact.revenue IS 'Revenue up to then, refunds taken off, in the currency of the workspace.';
COMMENT ON COLUMN account_fact.first_purchased_at IS 'When it first bought; refunds do not count.';
COMMENT ON COLUMN account_fact.last_purchased_at IS 'When it last bought; refunds do not count.';
COMMENT ON COLUMN account_fact.touchpoints IS 'The touches up to then that came through (of any outcome but attempted and bounced), by contact and UTC day: ask clientele.coverage, engaged, contacts, last_touch. Contacts that have left are among them; touchpoint_coverage leaves them out. NULL: none.';
COMMENT ON COLUMN account_fact.touch_rows IS 'Number of such touches, those without a contact among them.';
COMMENT ON COLUMN account_fact.last_touched_at IS 'When the last of them was.';

CREATE TABLE fact_refresh (
	is_fact_refresh boolean PRIMARY KEY DEFAULT true CHECK (is_fact_refresh),
	as_of timestamptz NOT NULL CHECK (isfinite(as_of)),
	refreshed_at timestamptz NOT NULL,
	changes text NOT NULL CHECK (changes = ANY (ARRAY['new', 'compared', 'all'])),
	written bigint NOT NULL CHECK (written >= 0),
	removed bigint NOT NULL CHECK (removed >= 0),
	took interval NOT NULL
);
COMMENT ON TABLE fact_refresh IS 'When account_fact was last refreshed, and how. One row; none before the first time.';
COMMENT ON COLUMN fact_refresh.is_fact_refresh IS 'Always true: keeps the table to one row.';
COMMENT ON COLUMN fact_refresh.as_of IS 'The moment as of which the facts are: nothing later was read.';
COMMENT ON COLUMN fact_refresh.refreshed_at IS 'When that was done.';
COMMENT ON COLUMN fact_refresh.changes IS 'How accounts with changes were found, see policy.fact_changes: new, compared, or all.';
COMMENT ON COLUMN fact_refresh.written IS 'Number of rows of account_fact that were written.';
COMMENT ON COLUMN fact_refresh.removed IS 'Number of rows that were removed: of accounts that have nothing any more.';
COMMENT ON COLUMN fact_refresh.took IS 'How long it took.';
