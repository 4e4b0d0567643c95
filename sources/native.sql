-- Native: the workspace holds the CRM itself, in tables with keys, checks and
-- the indexes that the views use. Load them with COPY or INSERT.
--
-- To run by hand: SET search_path = your_schema, clientele;
--
-- Each "-- entity:" line begins one entity; a source that has no such thing
-- gets the table from here. Each "-- reference:" line begins foreign keys
-- between the entities that it names, made when all of them are tables.

-- entity: account
CREATE TABLE account (
	account_id text PRIMARY KEY,
	name text,
	industry text,
	employees integer CHECK (employees >= 0),
	annual_revenue numeric CHECK (annual_revenue > '-Infinity' AND annual_revenue < 'Infinity'),
	country text,
	territory text,
	owner_id text,
	parent_account_id text REFERENCES account CHECK (parent_account_id <> account_id),
	is_key_account boolean,
	created_at timestamptz CHECK (isfinite(created_at))
);
CREATE INDEX account_parent_account_id ON account (parent_account_id);
COMMENT ON TABLE account IS 'Companies: customers, former customers and prospects. One row an account.';
COMMENT ON COLUMN account.account_id IS 'The account''s id in the CRM.';
COMMENT ON COLUMN account.name IS 'Its name.';
COMMENT ON COLUMN account.industry IS 'Its line of business.';
COMMENT ON COLUMN account.employees IS 'Number of employees.';
COMMENT ON COLUMN account.annual_revenue IS 'The account''s own revenue a year, in the currency of the workspace.';
COMMENT ON COLUMN account.country IS 'Country of its seat.';
COMMENT ON COLUMN account.territory IS 'Sales territory.';
COMMENT ON COLUMN account.owner_id IS 'Who looks after it.';
COMMENT ON COLUMN account.parent_account_id IS 'The account that it belongs to, for a group of companies.';
COMMENT ON COLUMN account.is_key_account IS 'True for an account that the company names as a key account.';
COMMENT ON COLUMN account.created_at IS 'When it came to be known. As of an earlier moment it is not there, unless it had bought by then.';

-- entity: product
CREATE TABLE product (
	product_id text PRIMARY KEY,
	name text,
	category text,
	tier text,
	launched_on date CHECK (isfinite(launched_on)),
	prerequisite_product_id text REFERENCES product CHECK (prerequisite_product_id <> product_id),
	countries text[]
);
CREATE INDEX product_prerequisite_product_id ON product (prerequisite_product_id);
COMMENT ON TABLE product IS 'What can be bought. One row a product.';
COMMENT ON COLUMN product.product_id IS 'The product''s id.';
COMMENT ON COLUMN product.name IS 'Its name.';
COMMENT ON COLUMN product.category IS 'The family of products that it belongs to.';
COMMENT ON COLUMN product.tier IS 'Its place in the family, such as core, plus, premium.';
COMMENT ON COLUMN product.launched_on IS 'First day on which it could be bought.';
COMMENT ON COLUMN product.prerequisite_product_id IS 'The product that a buyer needs to own first.';
COMMENT ON COLUMN product.countries IS 'Countries in which it is sold; NULL: everywhere.';

-- entity: purchase
CREATE TABLE purchase (
	purchase_id text PRIMARY KEY,
	account_id text NOT NULL,
	purchased_at timestamptz CHECK (isfinite(purchased_at)),
	amount numeric CHECK (amount > '-Infinity' AND amount < 'Infinity'),
	cost numeric CHECK (cost > '-Infinity' AND cost < 'Infinity'),
	product_id text,
	list_amount numeric CHECK (list_amount > '-Infinity' AND list_amount < 'Infinity')
);
-- One account's purchases, and all facts of the views without the table's rows.
CREATE INDEX purchase_account_id ON purchase (account_id, purchased_at) INCLUDE (amount);
CREATE INDEX purchase_purchased_at ON purchase (purchased_at);
CREATE INDEX purchase_product_id ON purchase (product_id);
COMMENT ON TABLE purchase IS 'What accounts bought. One row a purchase or a line of one; a refund is a row with a negative amount.';
COMMENT ON COLUMN purchase.purchase_id IS 'The id of the purchase or of its line.';
COMMENT ON COLUMN purchase.account_id IS 'Who bought.';
COMMENT ON COLUMN purchase.purchased_at IS 'When. Several purchases of one UTC day count as one in the models.';
COMMENT ON COLUMN purchase.amount IS 'Revenue, in the currency of the workspace. 0 is a purchase; negative is a refund: it reduces revenue and is never a purchase.';
COMMENT ON COLUMN purchase.cost IS 'What it cost to deliver.';
COMMENT ON COLUMN purchase.product_id IS 'What was bought.';
COMMENT ON COLUMN purchase.list_amount IS 'What it would have cost at list price.';

-- entity: subscription
CREATE TABLE subscription (
	subscription_id text PRIMARY KEY,
	account_id text NOT NULL,
	product_id text,
	starts_on date CHECK (isfinite(starts_on)),
	ends_on date CHECK (isfinite(ends_on)),
	cancelled_on date CHECK (isfinite(cancelled_on)),
	monthly_amount numeric CHECK (monthly_amount > '-Infinity' AND monthly_amount < 'Infinity'),
	seats integer CHECK (seats >= 0),
	CHECK (ends_on >= starts_on)
);
CREATE INDEX subscription_account_id ON subscription (account_id, starts_on);
CREATE INDEX subscription_product_id ON subscription (product_id);
COMMENT ON TABLE subscription IS 'Contracts that run over time. One row a contract; a renewal is a row of its own.';
COMMENT ON COLUMN subscription.subscription_id IS 'The contract''s id.';
COMMENT ON COLUMN subscription.account_id IS 'Whose contract it is.';
COMMENT ON COLUMN subscription.product_id IS 'What is subscribed to.';
COMMENT ON COLUMN subscription.starts_on IS 'First day on which it runs; NULL: it always has.';
COMMENT ON COLUMN subscription.ends_on IS 'Last day on which it runs; NULL: open-ended.';
COMMENT ON COLUMN subscription.cancelled_on IS 'First day on which it no longer runs because it was cancelled; NULL: not cancelled.';
COMMENT ON COLUMN subscription.monthly_amount IS 'Revenue a month, in the currency of the workspace.';
COMMENT ON COLUMN subscription.seats IS 'Number of users that it pays for.';

-- reference: purchase account
ALTER TABLE purchase ADD FOREIGN KEY (account_id) REFERENCES account;

-- reference: purchase product
ALTER TABLE purchase ADD FOREIGN KEY (product_id) REFERENCES product;

-- reference: subscription account
ALTER TABLE subscription ADD FOREIGN KEY (account_id) REFERENCES account;

-- reference: subscription product
ALTER TABLE subscription ADD FOREIGN KEY (product_id) REFERENCES product;
