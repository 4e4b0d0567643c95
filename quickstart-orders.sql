-- Loads the orders that quickstart-orders.pl has read into the workspace crm:
-- psql -f quickstart-orders.sql < orders.tsv
SET client_min_messages = warning;
CREATE TEMP TABLE orders (
	number bigint,
	customer text,
	ordered_at timestamptz,
	amount numeric
);
\copy orders FROM pstdin

BEGIN;
INSERT INTO crm.account (account_id, name, created_at)
SELECT customer, customer, min(ordered_at)
FROM orders
GROUP BY customer;

INSERT INTO crm.purchase (purchase_id, account_id, purchased_at, amount)
SELECT number::text, customer, ordered_at, amount
FROM orders;
COMMIT;
ANALYZE crm.account;
ANALYZE crm.purchase;
