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

-- entity: owner
CREATE TABLE owner (
	owner_id text PRIMARY KEY,
	name text,
	territory text,
	capacity integer CHECK (capacity >= 0)
);
COMMENT ON TABLE owner IS 'Who looks after accounts, leads and opportunities. One row a person. Other tables may name owners that are not here any more.';
COMMENT ON COLUMN owner.owner_id IS 'The person''s id in the CRM.';
COMMENT ON COLUMN owner.name IS 'Its name.';
COMMENT ON COLUMN owner.territory IS 'The sales territory in which it works.';
COMMENT ON COLUMN owner.capacity IS 'How many leads and customers it can work on in a week.';

-- entity: contact
CREATE TABLE contact (
	contact_id text PRIMARY KEY,
	account_id text,
	name text,
	email text,
	phone text,
	title text,
	role text,
	seniority text,
	department text,
	is_active boolean,
	do_not_contact boolean,
	created_at timestamptz CHECK (isfinite(created_at)),
	left_at timestamptz CHECK (isfinite(left_at))
);
CREATE INDEX contact_account_id ON contact (account_id);
COMMENT ON TABLE contact IS 'People at the accounts. One row a person.';
COMMENT ON COLUMN contact.contact_id IS 'The contact''s id in the CRM.';
COMMENT ON COLUMN contact.account_id IS 'The account for which the person works.';
COMMENT ON COLUMN contact.name IS 'Its name.';
COMMENT ON COLUMN contact.email IS 'Its e-mail address.';
COMMENT ON COLUMN contact.phone IS 'Its telephone number.';
COMMENT ON COLUMN contact.title IS 'Its title, as on a card.';
COMMENT ON COLUMN contact.role IS 'Its part in buying, such as decision maker, champion, user.';
COMMENT ON COLUMN contact.seniority IS 'Its level, such as junior, manager, director, executive.';
COMMENT ON COLUMN contact.department IS 'Its department.';
COMMENT ON COLUMN contact.is_active IS 'False for who is there no more or no longer in use; NULL counts as true.';
COMMENT ON COLUMN contact.do_not_contact IS 'True for who must not be approached.';
COMMENT ON COLUMN contact.created_at IS 'When the person came to be known.';
COMMENT ON COLUMN contact.left_at IS 'When it left the account; NULL: it has not, as far as is known.';

-- entity: lead
CREATE TABLE lead (
	lead_id text PRIMARY KEY,
	account_id text,
	contact_id text,
	company text,
	name text,
	email text,
	source text,
	status text,
	owner_id text,
	created_at timestamptz CHECK (isfinite(created_at)),
	converted_at timestamptz CHECK (isfinite(converted_at))
);
CREATE INDEX lead_account_id ON lead (account_id);
CREATE INDEX lead_contact_id ON lead (contact_id);
CREATE INDEX lead_created_at ON lead (created_at);
COMMENT ON TABLE lead IS 'Signs of interest in buying, of people who need not be contacts of an account yet. One row a lead.';
COMMENT ON COLUMN lead.lead_id IS 'The lead''s id in the CRM.';
COMMENT ON COLUMN lead.account_id IS 'The account, if it is one already.';
COMMENT ON COLUMN lead.contact_id IS 'The contact, if it is one already.';
COMMENT ON COLUMN lead.company IS 'The company''s name, as given.';
COMMENT ON COLUMN lead.name IS 'The person''s name.';
COMMENT ON COLUMN lead.email IS 'The person''s e-mail address.';
COMMENT ON COLUMN lead.source IS 'Where the lead came from, such as web, event, referral, outbound.';
COMMENT ON COLUMN lead.status IS 'Where it stands now; of a past day this is not known.';
COMMENT ON COLUMN lead.owner_id IS 'Who works on it.';
COMMENT ON COLUMN lead.created_at IS 'When it came in.';
COMMENT ON COLUMN lead.converted_at IS 'When it became an opportunity; NULL: it has not.';

-- entity: opportunity
CREATE TABLE opportunity (
	opportunity_id text PRIMARY KEY,
	account_id text,
	contact_id text,
	lead_id text,
	kind text CHECK (kind = ANY (ARRAY['new', 'upsell', 'cross-sell', 'renewal'])),
	product_id text,
	stage text,
	amount numeric CHECK (amount > '-Infinity' AND amount < 'Infinity'),
	owner_id text,
	opened_at timestamptz CHECK (isfinite(opened_at)),
	closed_at timestamptz CHECK (isfinite(closed_at)),
	is_won boolean
);
CREATE INDEX opportunity_account_id ON opportunity (account_id, opened_at);
CREATE INDEX opportunity_contact_id ON opportunity (contact_id);
CREATE INDEX opportunity_lead_id ON opportunity (lead_id);
CREATE INDEX opportunity_product_id ON opportunity (product_id);
CREATE INDEX opportunity_opened_at ON opportunity (opened_at);
COMMENT ON TABLE opportunity IS 'Deals that may come about, with new and with existing customers. One row a deal.';
COMMENT ON COLUMN opportunity.opportunity_id IS 'The opportunity''s id in the CRM.';
COMMENT ON COLUMN opportunity.account_id IS 'Who would buy.';
COMMENT ON COLUMN opportunity.contact_id IS 'The contact with whom it is negotiated.';
COMMENT ON COLUMN opportunity.lead_id IS 'The lead from which it came.';
COMMENT ON COLUMN opportunity.kind IS 'new: of who is no customer yet; upsell: a customer''s higher tier or greater quantity; cross-sell: a customer''s further product; renewal: a contract that ends. NULL: not known.';
COMMENT ON COLUMN opportunity.product_id IS 'What would be bought.';
COMMENT ON COLUMN opportunity.stage IS 'The stage at which it stands now; of a past day, see opportunity_stage.';
COMMENT ON COLUMN opportunity.amount IS 'Its amount, in the currency of the workspace.';
COMMENT ON COLUMN opportunity.owner_id IS 'Who works on it.';
COMMENT ON COLUMN opportunity.opened_at IS 'When it was opened.';
COMMENT ON COLUMN opportunity.closed_at IS 'When it was won or lost. NULL, or a moment to come: it is open, and is_won says nothing.';
COMMENT ON COLUMN opportunity.is_won IS 'Whether it was won; before closed_at this is not known.';

-- entity: opportunity_stage
CREATE TABLE opportunity_stage (
	opportunity_id text NOT NULL,
	stage text NOT NULL,
	entered_at timestamptz CHECK (isfinite(entered_at)),
	UNIQUE NULLS NOT DISTINCT (opportunity_id, entered_at, stage)
);
COMMENT ON TABLE opportunity_stage IS 'The stages that opportunities came to. One row an opportunity and stage, each time.';
COMMENT ON COLUMN opportunity_stage.opportunity_id IS 'The opportunity.';
COMMENT ON COLUMN opportunity_stage.stage IS 'The stage.';
COMMENT ON COLUMN opportunity_stage.entered_at IS 'When it came to that stage.';

-- entity: touchpoint
CREATE TABLE touchpoint (
	touchpoint_id text PRIMARY KEY,
	account_id text,
	contact_id text,
	lead_id text,
	occurred_at timestamptz CHECK (isfinite(occurred_at)),
	channel text,
	direction text CHECK (direction = ANY (ARRAY['outbound', 'inbound'])),
	outcome text CHECK (outcome = ANY (ARRAY['connected', 'replied', 'attended', 'opened', 'attempted', 'bounced'])),
	purpose text CHECK (purpose = ANY (ARRAY['sales', 'service', 'nurture', 'program'])),
	owner_id text,
	duration_minutes numeric CHECK (duration_minutes >= 0 AND duration_minutes < 'Infinity'),
	program_id text
);
CREATE INDEX touchpoint_account_id ON touchpoint (account_id, occurred_at) INCLUDE (contact_id, direction, outcome);
CREATE INDEX touchpoint_contact_id ON touchpoint (contact_id, occurred_at);
CREATE INDEX touchpoint_lead_id ON touchpoint (lead_id, occurred_at);
CREATE INDEX touchpoint_occurred_at ON touchpoint (occurred_at);
CREATE INDEX touchpoint_program_id ON touchpoint (program_id, occurred_at) WHERE program_id IS NOT NULL;
COMMENT ON TABLE touchpoint IS 'Contacts with people: calls, messages, meetings, visits. One row a person: a meeting with three contacts is three rows; who is only in copy has none.';
COMMENT ON COLUMN touchpoint.touchpoint_id IS 'The id of the activity and person.';
COMMENT ON COLUMN touchpoint.account_id IS 'The account.';
COMMENT ON COLUMN touchpoint.contact_id IS 'The person, where it is a contact.';
COMMENT ON COLUMN touchpoint.lead_id IS 'The lead, where the touch was on it.';
COMMENT ON COLUMN touchpoint.occurred_at IS 'When.';
COMMENT ON COLUMN touchpoint.channel IS 'By what, such as email, phone, meeting, web, chat.';
COMMENT ON COLUMN touchpoint.direction IS 'outbound: the company approached the person; inbound: the person approached the company.';
COMMENT ON COLUMN touchpoint.outcome IS 'connected: both spoke; replied: the person answered; attended: it came to a meeting; opened: it read a message; attempted: nobody was reached, as far as is known; bounced: a message came back.';
COMMENT ON COLUMN touchpoint.purpose IS 'sales, service, nurture, or program: part of a program.';
COMMENT ON COLUMN touchpoint.owner_id IS 'Who of the company.';
COMMENT ON COLUMN touchpoint.duration_minutes IS 'How long it took, in minutes.';
COMMENT ON COLUMN touchpoint.program_id IS 'The program of which it was part.';

-- entity: usage
CREATE TABLE usage (
	account_id text NOT NULL,
	product_id text,
	used_on date NOT NULL CHECK (isfinite(used_on)),
	quantity numeric CHECK (quantity > '-Infinity' AND quantity < 'Infinity'),
	entitled_quantity numeric CHECK (entitled_quantity >= 0 AND entitled_quantity < 'Infinity'),
	active_users integer CHECK (active_users >= 0),
	UNIQUE NULLS NOT DISTINCT (account_id, used_on, product_id)
);
CREATE INDEX usage_product_id ON usage (product_id);
CREATE INDEX usage_used_on ON usage (used_on);
COMMENT ON TABLE usage IS 'How much of what they bought accounts use. One row an account, product and day with any use.';
COMMENT ON COLUMN usage.account_id IS 'Who used it.';
COMMENT ON COLUMN usage.product_id IS 'What was used; NULL: all together.';
COMMENT ON COLUMN usage.used_on IS 'The day.';
COMMENT ON COLUMN usage.quantity IS 'How much, in the product''s own unit.';
COMMENT ON COLUMN usage.entitled_quantity IS 'How much of it a day is paid for, in the same unit.';
COMMENT ON COLUMN usage.active_users IS 'How many people used it on that day.';

-- entity: ticket
CREATE TABLE ticket (
	ticket_id text PRIMARY KEY,
	account_id text,
	contact_id text,
	opened_at timestamptz CHECK (isfinite(opened_at)),
	first_response_at timestamptz CHECK (isfinite(first_response_at)),
	closed_at timestamptz CHECK (isfinite(closed_at)),
	severity text,
	satisfaction numeric CHECK (satisfaction > '-Infinity' AND satisfaction < 'Infinity'),
	is_abandoned boolean,
	channel text
);
CREATE INDEX ticket_account_id ON ticket (account_id, opened_at);
CREATE INDEX ticket_contact_id ON ticket (contact_id);
CREATE INDEX ticket_opened_at ON ticket (opened_at);
COMMENT ON TABLE ticket IS 'Requests to the company''s service. One row a request.';
COMMENT ON COLUMN ticket.ticket_id IS 'The ticket''s id.';
COMMENT ON COLUMN ticket.account_id IS 'Whose request it is.';
COMMENT ON COLUMN ticket.contact_id IS 'Who asked.';
COMMENT ON COLUMN ticket.opened_at IS 'When it came in.';
COMMENT ON COLUMN ticket.first_response_at IS 'When a person first answered; NULL: nobody has.';
COMMENT ON COLUMN ticket.closed_at IS 'When it was settled; NULL: it is open.';
COMMENT ON COLUMN ticket.severity IS 'How grave it is, such as low, normal, high, critical.';
COMMENT ON COLUMN ticket.satisfaction IS 'What the customer said of it when it was closed, the greater the better, on whatever scale is used (1 to 5 in the sample).';
COMMENT ON COLUMN ticket.is_abandoned IS 'True if the customer gave up waiting.';
COMMENT ON COLUMN ticket.channel IS 'By what it came in, such as email, phone, chat, portal.';

-- entity: contact_employment
CREATE TABLE contact_employment (
	contact_id text NOT NULL,
	account_id text NOT NULL,
	title text,
	started_at timestamptz CHECK (isfinite(started_at)),
	ended_at timestamptz CHECK (isfinite(ended_at)),
	CHECK (ended_at >= started_at),
	UNIQUE NULLS NOT DISTINCT (contact_id, account_id, started_at)
);
CREATE INDEX contact_employment_account_id ON contact_employment (account_id);
COMMENT ON TABLE contact_employment IS 'Who worked where, and when: the history of a person. One row a person, account and time.';
COMMENT ON COLUMN contact_employment.contact_id IS 'The person.';
COMMENT ON COLUMN contact_employment.account_id IS 'The account for which the person worked.';
COMMENT ON COLUMN contact_employment.title IS 'Its title there.';
COMMENT ON COLUMN contact_employment.started_at IS 'Since when; NULL: it is not known.';
COMMENT ON COLUMN contact_employment.ended_at IS 'Until when; NULL: it works there, as far as is known.';

-- entity: quote
CREATE TABLE quote (
	quote_id text PRIMARY KEY,
	account_id text,
	contact_id text,
	product_id text,
	quoted_at timestamptz CHECK (isfinite(quoted_at)),
	expires_on date CHECK (isfinite(expires_on)),
	amount numeric CHECK (amount > '-Infinity' AND amount < 'Infinity'),
	status text
);
CREATE INDEX quote_account_id ON quote (account_id, quoted_at);
CREATE INDEX quote_contact_id ON quote (contact_id);
CREATE INDEX quote_product_id ON quote (product_id);
COMMENT ON TABLE quote IS 'What was offered, and baskets that were left. One row a quote, or a line of one.';
COMMENT ON COLUMN quote.quote_id IS 'The id of the quote or of its line.';
COMMENT ON COLUMN quote.account_id IS 'To whom it was made.';
COMMENT ON COLUMN quote.contact_id IS 'The contact to whom it went, or who filled the basket.';
COMMENT ON COLUMN quote.product_id IS 'What was offered.';
COMMENT ON COLUMN quote.quoted_at IS 'When it was made, or the basket left.';
COMMENT ON COLUMN quote.expires_on IS 'Last day on which it holds; NULL: it does not expire.';
COMMENT ON COLUMN quote.amount IS 'Its amount, in the currency of the workspace.';
COMMENT ON COLUMN quote.status IS 'Where it stands now, such as draft, sent, accepted, declined; basket: filled by the customer and left.';

-- entity: referral
CREATE TABLE referral (
	referral_id text PRIMARY KEY,
	referrer_account_id text,
	referrer_contact_id text,
	referred_account_id text,
	referred_lead_id text,
	referred_at timestamptz CHECK (isfinite(referred_at)),
	CHECK (referrer_account_id <> referred_account_id)
);
CREATE INDEX referral_referrer_account_id ON referral (referrer_account_id, referred_at);
CREATE INDEX referral_referrer_contact_id ON referral (referrer_contact_id);
CREATE INDEX referral_referred_account_id ON referral (referred_account_id);
CREATE INDEX referral_referred_lead_id ON referral (referred_lead_id);
COMMENT ON TABLE referral IS 'Customers who recommended the company to somebody. One row a recommendation.';
COMMENT ON COLUMN referral.referral_id IS 'The referral''s id.';
COMMENT ON COLUMN referral.referrer_account_id IS 'The account that recommended.';
COMMENT ON COLUMN referral.referrer_contact_id IS 'The person who recommended.';
COMMENT ON COLUMN referral.referred_account_id IS 'The account to which it was recommended, if it is one.';
COMMENT ON COLUMN referral.referred_lead_id IS 'The lead to which it was recommended.';
COMMENT ON COLUMN referral.referred_at IS 'When.';

-- entity: verification
CREATE TABLE verification (
	contact_id text NOT NULL,
	verified_at timestamptz NOT NULL CHECK (isfinite(verified_at)),
	outcome text NOT NULL CHECK (outcome = ANY (ARRAY['same', 'role changed', 'left', 'unreachable', 'unknown'])),
	verified_by text,
	PRIMARY KEY (contact_id, verified_at)
);
COMMENT ON TABLE verification IS 'Checks whether a contact is still there and does the same. One row a check.';
COMMENT ON COLUMN verification.contact_id IS 'Who was checked.';
COMMENT ON COLUMN verification.verified_at IS 'When.';
COMMENT ON COLUMN verification.outcome IS 'same: there, in the same role; role changed: there, in another one; left; unreachable; unknown: asked, with no answer that tells.';
COMMENT ON COLUMN verification.verified_by IS 'Who checked.';

-- entity: program
CREATE TABLE program (
	program_id text PRIMARY KEY,
	name text,
	segment text CHECK (segment = ANY (ARRAY['customer', 'prospect'])),
	starts_on date CHECK (isfinite(starts_on)),
	ends_on date CHECK (isfinite(ends_on)),
	CHECK (ends_on >= starts_on)
);
COMMENT ON TABLE program IS 'Campaigns and programs, for customers or for prospects. One row a program.';
COMMENT ON COLUMN program.program_id IS 'The program''s id.';
COMMENT ON COLUMN program.name IS 'Its name.';
COMMENT ON COLUMN program.segment IS 'customer or prospect: whom it is for; NULL: both.';
COMMENT ON COLUMN program.starts_on IS 'Its first day.';
COMMENT ON COLUMN program.ends_on IS 'Its last day; NULL: it goes on.';

-- entity: program_member
CREATE TABLE program_member (
	program_id text NOT NULL,
	account_id text NOT NULL,
	is_control boolean,
	joined_at timestamptz CHECK (isfinite(joined_at)),
	PRIMARY KEY (program_id, account_id)
);
CREATE INDEX program_member_account_id ON program_member (account_id);
COMMENT ON TABLE program_member IS 'The accounts of a program, and those that were left out of it to compare with. One row a program and account.';
COMMENT ON COLUMN program_member.program_id IS 'The program.';
COMMENT ON COLUMN program_member.account_id IS 'The account.';
COMMENT ON COLUMN program_member.is_control IS 'True for an account that could have been in it and was left out by lot; NULL counts as false.';
COMMENT ON COLUMN program_member.joined_at IS 'When it came in, or was drawn as a control.';

-- entity: program_cost
CREATE TABLE program_cost (
	program_id text,
	segment text CHECK (segment = ANY (ARRAY['customer', 'prospect'])),
	spent_on date CHECK (isfinite(spent_on)),
	amount numeric CHECK (amount > '-Infinity' AND amount < 'Infinity')
);
CREATE INDEX program_cost_program_id ON program_cost (program_id);
CREATE INDEX program_cost_spent_on ON program_cost (spent_on);
COMMENT ON TABLE program_cost IS 'What winning and keeping customers cost: programs, and whatever else was spent. One row an expense.';
COMMENT ON COLUMN program_cost.program_id IS 'The program for which it was spent; NULL: none in particular.';
COMMENT ON COLUMN program_cost.segment IS 'customer or prospect: on whom it was spent; NULL: the segment of the program, or both.';
COMMENT ON COLUMN program_cost.spent_on IS 'The day.';
COMMENT ON COLUMN program_cost.amount IS 'How much, in the currency of the workspace.';

-- reference: purchase account
ALTER TABLE purchase ADD FOREIGN KEY (account_id) REFERENCES account;

-- reference: purchase product
ALTER TABLE purchase ADD FOREIGN KEY (product_id) REFERENCES product;

-- reference: subscription account
ALTER TABLE subscription ADD FOREIGN KEY (account_id) REFERENCES account;

-- reference: subscription product
ALTER TABLE subscription ADD FOREIGN KEY (product_id) REFERENCES product;

-- reference: contact account
ALTER TABLE contact ADD FOREIGN KEY (account_id) REFERENCES account;

-- reference: lead account
ALTER TABLE lead ADD FOREIGN KEY (account_id) REFERENCES account;

-- reference: lead contact
ALTER TABLE lead ADD FOREIGN KEY (contact_id) REFERENCES contact;

-- reference: opportunity account
ALTER TABLE opportunity ADD FOREIGN KEY (account_id) REFERENCES account;

-- reference: opportunity contact
ALTER TABLE opportunity ADD FOREIGN KEY (contact_id) REFERENCES contact;

-- reference: opportunity lead
ALTER TABLE opportunity ADD FOREIGN KEY (lead_id) REFERENCES lead;

-- reference: opportunity product
ALTER TABLE opportunity ADD FOREIGN KEY (product_id) REFERENCES product;

-- reference: opportunity_stage opportunity
ALTER TABLE opportunity_stage ADD FOREIGN KEY (opportunity_id) REFERENCES opportunity;

-- reference: touchpoint account
ALTER TABLE touchpoint ADD FOREIGN KEY (account_id) REFERENCES account;

-- reference: touchpoint contact
ALTER TABLE touchpoint ADD FOREIGN KEY (contact_id) REFERENCES contact;

-- reference: touchpoint lead
ALTER TABLE touchpoint ADD FOREIGN KEY (lead_id) REFERENCES lead;

-- reference: usage account
ALTER TABLE usage ADD FOREIGN KEY (account_id) REFERENCES account;

-- reference: usage product
ALTER TABLE usage ADD FOREIGN KEY (product_id) REFERENCES product;

-- reference: ticket account
ALTER TABLE ticket ADD FOREIGN KEY (account_id) REFERENCES account;

-- reference: ticket contact
ALTER TABLE ticket ADD FOREIGN KEY (contact_id) REFERENCES contact;

-- reference: contact_employment contact
ALTER TABLE contact_employment ADD FOREIGN KEY (contact_id) REFERENCES contact;

-- reference: contact_employment account
ALTER TABLE contact_employment ADD FOREIGN KEY (account_id) REFERENCES account;

-- reference: quote account
ALTER TABLE quote ADD FOREIGN KEY (account_id) REFERENCES account;

-- reference: quote contact
ALTER TABLE quote ADD FOREIGN KEY (contact_id) REFERENCES contact;

-- reference: quote product
ALTER TABLE quote ADD FOREIGN KEY (product_id) REFERENCES product;

-- reference: referral account
ALTER TABLE referral ADD FOREIGN KEY (referrer_account_id) REFERENCES account, ADD FOREIGN KEY (referred_account_id) REFERENCES account;

-- reference: referral contact
ALTER TABLE referral ADD FOREIGN KEY (referrer_contact_id) REFERENCES contact;

-- reference: referral lead
ALTER TABLE referral ADD FOREIGN KEY (referred_lead_id) REFERENCES lead;

-- reference: verification contact
ALTER TABLE verification ADD FOREIGN KEY (contact_id) REFERENCES contact;

-- reference: program_member program
ALTER TABLE program_member ADD FOREIGN KEY (program_id) REFERENCES program;

-- reference: program_member account
ALTER TABLE program_member ADD FOREIGN KEY (account_id) REFERENCES account;

-- reference: program_cost program
ALTER TABLE program_cost ADD FOREIGN KEY (program_id) REFERENCES program;

-- reference: touchpoint program
ALTER TABLE touchpoint ADD FOREIGN KEY (program_id) REFERENCES program;
