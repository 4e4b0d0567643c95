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
SELECT pair.product_id,
	pair.product,
	pair.next_product_id,
	pair.next_product,
	own.owners::integer AS owners,
	other.owners::integer AS next_owners,
	pair.both_owners::integer AS both_owners,
	pair.both_owners::float8 / everyone.owners AS support,
	pair.both_owners::float8 / own.owners AS confidence,
	(pair.both_owners::float8 * everyone.owners) / (own.owners::float8 * other.owners) AS lift,
	pair.both_owners::float8 / (own.owners + other.owners - pair.both_owners) AS jaccard
FROM (
	SELECT mine.product_id,
		min(mine.product) AS product,
		also.product_id AS next_product_id,
		min(also.product) AS next_product,
		count(*) AS both_owners
	FROM product_ownership AS mine
	JOIN product_ownership AS also ON also.account_id = mine.account_id AND also.product_id <> mine.product_id
	GROUP BY mine.product_id, also.product_id
) AS pair
JOIN (SELECT product_id, count(*) AS owners FROM product_ownership GROUP BY product_id) AS own ON own.product_id = pair.product_id
JOIN (SELECT product_id, count(*) AS owners FROM product_ownership GROUP BY product_id) AS other ON other.product_id = pair.next_product_id
CROSS JOIN (SELECT count(DISTINCT account_id) AS owners FROM product_ownership) AS everyone;
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
