-- product_association: who owns this, what else do they own?
--
-- A row for each two products that some account owns both of, as of
-- clientele.as_of() and both ways around. Shares are of the accounts that own
-- any product. (Agrawal, Imielinski, Swami, Mining association rules, 1993;
-- lift: Brin et al., 1997.)
--
-- requires: product_ownership
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW product_association WITH (security_invoker = true) AS
WITH owned AS MATERIALIZED (
	-- every share needs all of it, and needs it several times
	SELECT account_id,
		product_id,
		product
	FROM product_ownership
), own AS MATERIALIZED (
	SELECT product_id,
		min(product) AS product,
		count(*) AS owners
	FROM owned
	GROUP BY product_id
), everyone AS (
	SELECT count(DISTINCT account_id) AS owners
	FROM owned
), pair AS (
	SELECT mine.product_id,
		also.product_id AS next_product_id,
		count(*) AS both_owners
	FROM owned AS mine
	JOIN owned AS also ON also.account_id = mine.account_id AND also.product_id <> mine.product_id
	GROUP BY mine.product_id, also.product_id
)
SELECT pair.product_id,
	own.product,
	pair.next_product_id,
	other.product AS next_product,
	own.owners::integer AS owners,
	other.owners::integer AS next_owners,
	pair.both_owners::integer AS both_owners,
	pair.both_owners::float8 / everyone.owners AS support,
	pair.both_owners::float8 / own.owners AS confidence,
	(pair.both_owners::float8 * everyone.owners) / (own.owners::float8 * other.owners) AS lift,
	pair.both_owners::float8 / (own.owners + other.owners - pair.both_owners) AS jaccard
FROM pair
JOIN own ON own.product_id = pair.product_id
JOIN own AS other ON other.product_id = pair.next_product_id
CROSS JOIN everyone;
COMMENT ON VIEW product_association IS
'Who owns this product, what else do they own? A row for each two products that somebody owns both of, both ways around.';
COMMENT ON COLUMN product_association.product_id IS 'The product that is owned.';
COMMENT ON COLUMN product_association.product IS 'Its name.';
COMMENT ON COLUMN product_association.next_product_id IS 'The other product.';
COMMENT ON COLUMN product_association.next_product IS 'Its name.';
COMMENT ON COLUMN product_association.owners IS 'Accounts that own the first.';
COMMENT ON COLUMN product_association.next_owners IS 'Accounts that own the other.';
COMMENT ON COLUMN product_association.both_owners IS 'Accounts that own both.';
COMMENT ON COLUMN product_association.support IS 'Share of all owners of anything who own both, as a fraction.';
COMMENT ON COLUMN product_association.confidence IS 'Share of the owners of the first who own the other, as a fraction.';
COMMENT ON COLUMN product_association.lift IS 'That share as a multiple of the share of all owners of anything who own the other: above 1, the two go together.';
COMMENT ON COLUMN product_association.jaccard IS 'Those who own both as a fraction of those who own either.';
