-- quoted_not_bought: what was offered, or left in a basket, and never bought?
--
-- A row a quote or basket of the last policy.quote_window up to clientele.as_of()
-- after which the account neither bought nor subscribed to that product; of one
-- that names no product, anything bought afterwards counts. Drafts are left
-- out: nobody has seen them. The status is as of today.
--
-- requires: quote account contact product purchase subscription account_segment policy
-- To run by hand: SET search_path = your_schema, clientele;
CREATE VIEW quoted_not_bought WITH (security_invoker = true) AS
SELECT quote.quote_id,
	quote.account_id,
	account.name,
	segment.segment,
	quote.contact_id,
	quote.product_id,
	product.name AS product,
	CASE WHEN lower(quote.status) = 'basket' THEN 'basket' ELSE 'quote' END AS kind,
	quote.amount,
	quote.quoted_at,
	extract(epoch FROM clientele.as_of() - quote.quoted_at)::float8 / 86400 AS days_since,
	quote.expires_on,
	quote.expires_on < clientele.as_of_date() AS is_expired,
	NOT EXISTS (
		SELECT
		FROM quote AS newer
		WHERE newer.account_id = quote.account_id
			AND newer.product_id IS NOT DISTINCT FROM quote.product_id
			AND (newer.quoted_at, newer.quote_id) > (quote.quoted_at, quote.quote_id)
			AND newer.quoted_at <= clientele.as_of()
			AND lower(newer.status) IS DISTINCT FROM 'draft') AS is_latest,
	quote.status,
	concat_ws(', ',
		CASE WHEN lower(quote.status) = 'basket' THEN 'a basket was left on ' ELSE 'it was offered on ' END
			|| to_char(quote.quoted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'),
		CASE WHEN quote.expires_on < clientele.as_of_date() THEN 'expired on ' || to_char(quote.expires_on, 'YYYY-MM-DD')
			WHEN quote.expires_on IS NOT NULL THEN 'it holds until ' || to_char(quote.expires_on, 'YYYY-MM-DD') END,
		CASE WHEN quote.product_id IS NULL THEN 'and nothing was bought since'
			ELSE 'and this product was not bought since' END) AS reason
FROM (
	-- with the account of the contact where it names none
	SELECT quote.quote_id, quote.account_id, quote.contact_id, quote.product_id, quote.quoted_at, quote.expires_on, quote.amount, quote.status
	FROM quote
	WHERE quote.account_id IS NOT NULL
	UNION ALL
	SELECT quote.quote_id, contact.account_id, quote.contact_id, quote.product_id, quote.quoted_at, quote.expires_on, quote.amount, quote.status
	FROM quote
	JOIN contact ON contact.contact_id = quote.contact_id
	WHERE quote.account_id IS NULL
) AS quote
LEFT JOIN (SELECT quote_window FROM policy LIMIT 1) AS policy ON true
LEFT JOIN account ON account.account_id = quote.account_id
LEFT JOIN account_segment AS segment ON segment.account_id = quote.account_id
LEFT JOIN product ON product.product_id = quote.product_id
WHERE quote.quoted_at <= clientele.as_of()
	AND quote.quoted_at > (clientele.as_of() AT TIME ZONE 'UTC' - coalesce(policy.quote_window, '1 year')) AT TIME ZONE 'UTC'
	AND lower(quote.status) IS DISTINCT FROM 'draft'
	AND NOT EXISTS (
		SELECT
		FROM purchase
		WHERE purchase.account_id = quote.account_id
			AND purchase.purchased_at >= quote.quoted_at
			AND purchase.purchased_at <= clientele.as_of()
			AND coalesce(purchase.amount, 0) >= 0
			AND (quote.product_id IS NULL OR purchase.product_id = quote.product_id))
	AND NOT EXISTS (
		SELECT
		FROM subscription
		WHERE subscription.account_id = quote.account_id
			AND subscription.starts_on >= (quote.quoted_at AT TIME ZONE 'UTC')::date
			AND subscription.starts_on <= clientele.as_of_date()
			AND (quote.product_id IS NULL OR subscription.product_id = quote.product_id));
COMMENT ON VIEW quoted_not_bought IS
'What was offered, or left in a basket, and never bought? A row a quote or basket.';
COMMENT ON COLUMN quoted_not_bought.quote_id IS 'The quote or its line.';
COMMENT ON COLUMN quoted_not_bought.account_id IS 'To whom it was made; the account of its contact where the quote names none.';
COMMENT ON COLUMN quoted_not_bought.name IS 'The account''s name.';
COMMENT ON COLUMN quoted_not_bought.segment IS 'customer, former customer or prospect.';
COMMENT ON COLUMN quoted_not_bought.contact_id IS 'The contact to whom it went, or who filled the basket.';
COMMENT ON COLUMN quoted_not_bought.product_id IS 'What was offered.';
COMMENT ON COLUMN quoted_not_bought.product IS 'The product''s name.';
COMMENT ON COLUMN quoted_not_bought.kind IS 'quote or basket.';
COMMENT ON COLUMN quoted_not_bought.amount IS 'Its amount, in the currency of the workspace.';
COMMENT ON COLUMN quoted_not_bought.quoted_at IS 'When it was made, or the basket left.';
COMMENT ON COLUMN quoted_not_bought.days_since IS 'Days since then.';
COMMENT ON COLUMN quoted_not_bought.expires_on IS 'Last day on which it holds; NULL: it does not expire.';
COMMENT ON COLUMN quoted_not_bought.is_expired IS 'Whether that day is over; NULL: it does not expire.';
COMMENT ON COLUMN quoted_not_bought.is_latest IS 'Whether no later quote offers this account the same.';
COMMENT ON COLUMN quoted_not_bought.status IS 'What the CRM says of it, as of today.';
COMMENT ON COLUMN quoted_not_bought.reason IS 'Why it is here, in words.';
