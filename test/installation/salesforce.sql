-- The sample CRM in Salesforce: the tables of schema salesforce with its own
-- names, filled from "native", and what Salesforce cannot hold of the sample.

-- Ids have 18 characters, of which the first three tell the object.
CREATE OR REPLACE FUNCTION installation.id(kind text, native text) RETURNS text LANGUAGE sql STABLE
RETURN CASE kind
		WHEN 'account' THEN '001' WHEN 'contact' THEN '003' WHEN 'lead' THEN '00Q' WHEN 'owner' THEN '005' WHEN 'product' THEN '01t' WHEN 'opportunity' THEN '006'
		WHEN 'purchase' THEN '802' WHEN 'subscription' THEN '811' WHEN 'quote' THEN '0QL' WHEN 'ticket' THEN '500' WHEN 'program' THEN '701' WHEN 'referral' THEN 'ref'
		WHEN 'touchpoint' THEN CASE WHEN EXISTS (SELECT FROM native.touchpoint WHERE touchpoint_id = native AND channel = ANY (ARRAY['meeting', 'video'])) THEN '00U' ELSE '00T' END
	END || CASE WHEN length(native) <= 15 THEN lpad(replace(native, '-', 'x'), 15, '0') ELSE upper(left(md5(native), 15)) END;
CALL installation.take_ids();

-- The first answer to a case is an e-mail, and each e-mail is a touch.
INSERT INTO native.touchpoint (touchpoint_id, account_id, contact_id, occurred_at, channel, direction, outcome, purpose, owner_id)
SELECT '02s' || substr(ticket_id, 4), account_id, contact_id, first_response_at, 'email', 'outbound', 'attempted', 'service', account.owner_id
FROM native.ticket
LEFT JOIN native.account USING (account_id)
WHERE first_response_at IS NOT NULL;
-- A campaign has one cost, told on its first day.
CREATE TEMP TABLE campaign_cost AS
SELECT program_id, coalesce(min(program.starts_on), min(spent_on)) AS spent_on, sum(amount) AS amount
FROM native.program_cost JOIN native.program USING (program_id) GROUP BY program_id;

\ir salesforce_tables.sql

INSERT INTO salesforce."User" ("Id", "Name", "FirstName", "LastName", "IsActive", "UserType")
SELECT owner_id, name, split_part(name, ' ', 1), split_part(name, ' ', 2), true, 'Standard' FROM native.owner;
INSERT INTO salesforce."Account" ("Id", "IsDeleted", "Name", "Industry", "NumberOfEmployees", "AnnualRevenue", "BillingCountry", "OwnerId", "ParentId", "CreatedDate")
SELECT account_id, false, name, industry, employees::text, annual_revenue, country, owner_id, parent_account_id, created_at FROM native.account;
INSERT INTO salesforce."Contact" ("Id", "IsDeleted", "AccountId", "FirstName", "LastName", "Name", "Email", "Phone", "Title", "Department", "OwnerId", "CreatedDate", "HasOptedOutOfEmail", "DoNotCall")
SELECT contact_id, false, account_id, split_part(contact.name, ' ', 1), split_part(contact.name, ' ', 2), contact.name, email, phone, title, department, account.owner_id, contact.created_at, do_not_contact, false
FROM native.contact LEFT JOIN native.account USING (account_id);
INSERT INTO salesforce."Product2" ("Id", "Name", "Family", "IsActive", "IsDeleted", "IsArchived") SELECT product_id, name, category, true, false, false FROM native.product;
INSERT INTO salesforce."Opportunity" ("Id", "IsDeleted", "AccountId", "Name", "StageName", "Amount", "CloseDate", "Type", "IsClosed", "IsWon", "OwnerId", "CreatedDate", "LastStageChangeDate")
SELECT opportunity_id, false, account_id, 'Opportunity ' || opportunity_id, stage, amount, coalesce(closed_at, opened_at + interval '90 days')::date,
	CASE kind WHEN 'new' THEN 'New Customer' WHEN 'upsell' THEN 'Existing Customer - Upgrade' WHEN 'cross-sell' THEN 'Existing Customer - Cross-Sell' WHEN 'renewal' THEN 'Existing Customer - Renewal' END,
	closed_at IS NOT NULL, coalesce(is_won, false), owner_id, opened_at, coalesce(closed_at, (SELECT max(entered_at) FROM native.opportunity_stage WHERE opportunity_stage.opportunity_id = opportunity.opportunity_id))
FROM native.opportunity;
INSERT INTO salesforce."OpportunityLineItem" ("Id", "OpportunityId", "Product2Id", "Quantity", "UnitPrice", "TotalPrice", "IsDeleted")
SELECT '00k' || substr(opportunity_id, 4), opportunity_id, product_id, 1, amount, amount, false FROM native.opportunity WHERE product_id IS NOT NULL;
-- who plays a part in no opportunity of its own plays it in the first one of the account
INSERT INTO salesforce."OpportunityContactRole" ("Id", "OpportunityId", "ContactId", "Role", "IsPrimary", "CreatedDate", "IsDeleted")
SELECT '00K' || lpad(row_number() OVER (ORDER BY part.opportunity_id, NOT part.is_primary, contact_id)::text, 15, '0'), part.opportunity_id, contact_id, initcap(contact.role), part.is_primary, part.opened_at, false
FROM (
	SELECT opportunity_id, contact_id, true AS is_primary, opened_at FROM native.opportunity
	UNION ALL
	SELECT first.opportunity_id, contact.contact_id, false, first.opened_at
	FROM native.contact
	JOIN (SELECT DISTINCT ON (account_id) account_id, opportunity_id, opened_at FROM native.opportunity ORDER BY account_id, opened_at, opportunity_id) AS first USING (account_id)
	WHERE role IS NOT NULL AND NOT EXISTS (SELECT FROM native.opportunity AS own WHERE own.contact_id = contact.contact_id)
) AS part
JOIN native.contact USING (contact_id);
INSERT INTO salesforce."OpportunityHistory" ("Id", "OpportunityId", "StageName", "Amount", "CreatedDate", "IsDeleted")
SELECT '008' || lpad(row_number() OVER (ORDER BY entered_at, opportunity_id)::text, 15, '0'), opportunity_id, opportunity_stage.stage, amount, entered_at, false
FROM native.opportunity_stage JOIN native.opportunity USING (opportunity_id);
-- a change of the amount makes a row, too
INSERT INTO salesforce."OpportunityHistory" ("Id", "OpportunityId", "StageName", "Amount", "CreatedDate", "IsDeleted")
SELECT '008X' || substr("Id", 5), "OpportunityId", "StageName", "Amount" + 1, "CreatedDate" + interval '1 minute', false FROM salesforce."OpportunityHistory" WHERE "StageName" = 'proposal';
INSERT INTO salesforce."Lead" ("Id", "IsDeleted", "FirstName", "LastName", "Name", "Company", "Email", "LeadSource", "Status", "OwnerId", "IsConverted", "CreatedDate", "ConvertedDate", "ConvertedAccountId",
	"ConvertedContactId", "ConvertedOpportunityId")
SELECT lead_id, false, split_part(name, ' ', 1), split_part(name, ' ', 2), name, company, email, initcap(source), initcap(status), owner_id, converted_at IS NOT NULL, created_at, converted_at,
	CASE WHEN converted_at IS NOT NULL THEN account_id END, CASE WHEN converted_at IS NOT NULL THEN contact_id END,
	(SELECT opportunity_id FROM native.opportunity WHERE opportunity.lead_id = lead.lead_id)
FROM native.lead;
INSERT INTO salesforce."Order" ("Id", "IsDeleted", "AccountId", "EffectiveDate", "Status", "StatusCode", "ActivatedDate", "TotalAmount", "CreatedDate", "IsReductionOrder")
SELECT '801' || substr(purchase_id, 4), false, account_id, purchased_at, 'Activated', 'Activated', purchased_at, abs(amount), purchased_at - interval '1 hour', amount < 0 FROM native.purchase;
INSERT INTO salesforce."OrderItem" ("Id", "IsDeleted", "OrderId", "Product2Id", "Quantity", "UnitPrice", "ListPrice", "TotalPrice")
SELECT purchase_id, false, '801' || substr(purchase_id, 4), product_id, 1, amount, list_amount, amount FROM native.purchase;
INSERT INTO salesforce."ServiceContract" ("Id", "IsDeleted", "AccountId", "StartDate", "EndDate", "Term", "TotalPrice", "Status", "ApprovalStatus", "LastModifiedDate")
SELECT '810' || substr(subscription_id, 4), false, account_id, starts_on, ends_on, term.months::text, (monthly_amount * term.months)::text, CASE WHEN cancelled_on IS NOT NULL THEN 'Cancelled' ELSE 'Active' END,
	'Approved', coalesce(cancelled_on, starts_on)
FROM native.subscription
CROSS JOIN LATERAL (SELECT coalesce(nullif((extract(year FROM age(ends_on + 1, starts_on)) * 12 + extract(month FROM age(ends_on + 1, starts_on)))::integer, 0), 1)) AS term (months);
INSERT INTO salesforce."ContractLineItem" ("Id", "IsDeleted", "ServiceContractId", "Product2Id", "StartDate", "EndDate", "Quantity", "UnitPrice", "TotalPrice", "Status")
SELECT subscription_id, false, "ServiceContract"."Id", product_id, starts_on, ends_on, seats, "TotalPrice"::numeric / nullif(seats, 0), "TotalPrice"::numeric, 'Active'
FROM native.subscription JOIN salesforce."ServiceContract" ON substr("Id", 4) = substr(subscription_id, 4);
INSERT INTO salesforce."Quote" ("Id", "IsDeleted", "AccountId", "ContactId", "CreatedDate", "ExpirationDate", "TotalPrice", "GrandTotal", "Status")
SELECT '0Q0' || substr(quote_id, 4), false, account_id, contact_id, quoted_at, expires_on, amount::text, round(amount * 1.19, 2),
	CASE status WHEN 'sent' THEN 'Presented' WHEN 'declined' THEN 'Denied' ELSE initcap(status) END
FROM native.quote;
INSERT INTO salesforce."QuoteLineItem" ("Id", "IsDeleted", "QuoteId", "Product2Id", "Quantity", "UnitPrice", "TotalPrice")
SELECT quote_id, false, '0Q0' || substr(quote_id, 4), product_id, 1, amount, amount FROM native.quote;
INSERT INTO salesforce."Case" ("Id", "IsDeleted", "AccountId", "ContactId", "CreatedDate", "ClosedDate", "IsClosed", "Priority", "Origin", "Status")
SELECT ticket_id, false, account_id, contact_id, opened_at, closed_at, closed_at IS NOT NULL, CASE severity WHEN 'normal' THEN 'Medium' ELSE initcap(severity) END, initcap(channel),
	CASE WHEN closed_at IS NULL THEN 'Working' ELSE 'Closed' END
FROM native.ticket;
INSERT INTO salesforce."EmailMessage" ("Id", "IsDeleted", "ParentId", "CreatedById", "MessageDate", "Incoming", "Status", "IsOpened", "IsBounced")
SELECT touchpoint_id, false, '500' || substr(touchpoint_id, 4), owner_id, occurred_at, false, '3', false, false FROM native.touchpoint WHERE touchpoint_id LIKE '02s%';
INSERT INTO salesforce."Campaign" ("Id", "IsDeleted", "Name", "StartDate", "EndDate", "ActualCost")
SELECT program_id, false, name, starts_on, ends_on, amount FROM native.program LEFT JOIN campaign_cost USING (program_id);
-- an account is a member by one of its people
INSERT INTO salesforce."CampaignMember" ("Id", "IsDeleted", "CampaignId", "ContactId", "Status", "HasResponded", "CreatedDate")
SELECT '00v' || lpad(row_number() OVER (ORDER BY program_id, account_id)::text, 15, '0'), false, program_id, (SELECT min(contact_id) FROM native.contact WHERE contact.account_id = program_member.account_id),
	CASE WHEN is_control THEN 'Control' ELSE 'Sent' END, false, joined_at
FROM native.program_member;
INSERT INTO salesforce."AccountContactRelation" ("Id", "IsDeleted", "AccountId", "ContactId", "IsDirect", "IsActive", "StartDate", "EndDate")
SELECT '07k' || lpad(row_number() OVER (ORDER BY contact_id, started_at)::text, 15, '0'), false, account_id, contact_id, ended_at IS NULL, ended_at IS NULL, started_at, ended_at FROM native.contact_employment;

-- Who is a lead is not a contact yet; what was done with it moves to the contact
-- when it is converted. A touch of a person of an account is about an
-- opportunity, a case or a campaign; one of a lead about the lead.
CREATE TEMP TABLE activity AS
SELECT touchpoint.*, lead.lead_id IS NOT NULL AS is_of_lead,
	coalesce(lead.lead_id, touchpoint.contact_id) AS who_id,
	CASE WHEN lead.lead_id IS NULL THEN
		CASE touchpoint.purpose
			WHEN 'sales' THEN (SELECT min(opportunity_id) FROM native.opportunity WHERE opportunity.account_id = touchpoint.account_id)
			WHEN 'service' THEN (SELECT min(ticket_id) FROM native.ticket WHERE ticket.account_id = touchpoint.account_id)
			WHEN 'program' THEN touchpoint.program_id
		END
	END AS what_id
FROM native.touchpoint
LEFT JOIN native.lead ON lead.lead_id = touchpoint.lead_id AND lead.converted_at IS NULL
WHERE touchpoint.touchpoint_id NOT LIKE '02s%';
INSERT INTO salesforce."Task" ("Id", "IsDeleted", "WhoId", "WhatId", "AccountId", "OwnerId", "Subject", "Type", "TaskSubtype", "Status", "IsClosed", "CompletedDateTime", "ActivityDate", "CallType", "CallDisposition",
	"CallDurationInSeconds", "IsRecurrence")
SELECT touchpoint_id, false, who_id, what_id, CASE WHEN NOT is_of_lead THEN account_id END, owner_id, initcap(channel),
	CASE channel WHEN 'phone' THEN 'Call' WHEN 'email' THEN 'Email' WHEN 'social' THEN 'LinkedIn' ELSE initcap(channel) END,
	CASE channel WHEN 'phone' THEN 'Call' WHEN 'email' THEN CASE purpose WHEN 'nurture' THEN 'ListEmail' ELSE 'Email' END WHEN 'social' THEN 'LinkedIn' ELSE 'Task' END,
	'Completed', true, occurred_at, occurred_at, CASE WHEN channel = 'phone' THEN initcap(direction) END,
	CASE WHEN channel = 'phone' THEN CASE outcome WHEN 'attempted' THEN 'No answer' ELSE initcap(outcome) END END,
	CASE WHEN channel = 'phone' THEN (duration_minutes * 60)::integer END::text, false
FROM activity
WHERE channel = ANY (ARRAY['phone', 'email', 'social', 'chat', 'sms', 'letter']);
INSERT INTO salesforce."EmailMessage" ("Id", "IsDeleted", "ActivityId", "CreatedById", "MessageDate", "Incoming", "Status", "IsOpened", "IsBounced", "ToIds")
SELECT '02s' || substr(touchpoint_id, 4), false, touchpoint_id, owner_id, occurred_at, direction = 'inbound', '3', direction = 'outbound' AND outcome = ANY (ARRAY['opened', 'replied']), outcome = 'bounced',
	CASE WHEN direction = 'outbound' THEN who_id END
FROM activity
WHERE channel = 'email';
INSERT INTO salesforce."Event" ("Id", "IsDeleted", "WhoId", "WhatId", "AccountId", "OwnerId", "Subject", "Type", "StartDateTime", "EndDateTime", "DurationInMinutes", "IsChild", "IsRecurrence", "EventSubtype")
SELECT touchpoint_id, false, who_id, what_id, CASE WHEN NOT is_of_lead THEN account_id END, owner_id, 'Meeting', CASE channel WHEN 'video' THEN 'Video Call' ELSE 'Meeting' END, occurred_at,
	occurred_at + duration_minutes * interval '1 minute', duration_minutes::text, false, false, 'Event'
FROM activity
WHERE channel = ANY (ARRAY['meeting', 'video']);

\ir salesforce_indexes.sql
ANALYZE;

DELETE FROM native.program_cost;
INSERT INTO native.program_cost (program_id, spent_on, amount) SELECT program_id, spent_on, amount FROM campaign_cost;
INSERT INTO installation.lost VALUES
	('account', 'territory', 'NULL', 'territories are a module of its own'),
	('account', 'is_key_account', 'NULL', 'there is no such field'),
	('owner', 'territory', 'NULL', 'territories are a module of its own'),
	('owner', 'capacity', 'NULL', 'there is no such field'),
	('product', 'tier', 'NULL', 'there is no such field'),
	('product', 'launched_on', 'NULL', 'there is no such field'),
	('product', 'prerequisite_product_id', 'NULL', 'there is no such field'),
	('product', 'countries', 'NULL', 'there is no such field'),
	('contact', 'seniority', 'NULL', 'there is no such field'),
	('contact', 'is_active', 'true', 'there is no such field'),
	('contact', 'left_at', 'NULL', 'there is no such field'),
	('contact_employment', 'title', 'NULL', 'a relation to an account has no title'),
	('lead', 'account_id', 'CASE WHEN converted_at IS NOT NULL THEN account_id END', 'a lead has an account when it is converted'),
	('lead', 'contact_id', 'CASE WHEN converted_at IS NOT NULL THEN contact_id END', 'a lead has a contact when it is converted'),
	('lead', 'converted_at', 'CASE WHEN converted_at IS NOT NULL THEN greatest(date_trunc(''day'', converted_at, ''UTC''), created_at) END', 'a day without a time'),
	('purchase', 'cost', 'NULL', 'there is no such field'),
	('ticket', 'satisfaction', 'NULL', 'surveys are a module of its own'),
	('ticket', 'is_abandoned', 'NULL', 'there is no such field'),
	('program', 'segment', 'NULL', 'there is no such field'),
	('touchpoint', '*', 'channel <> ''web''', 'visits of the website are elsewhere'),
	('touchpoint', 'lead_id', 'CASE WHEN EXISTS (SELECT FROM native.lead WHERE lead.lead_id = touchpoint.lead_id AND converted_at IS NULL) THEN lead_id END', 'activities move to the contact when a lead is converted'),
	('touchpoint', 'contact_id', 'CASE WHEN NOT EXISTS (SELECT FROM native.lead WHERE lead.lead_id = touchpoint.lead_id AND converted_at IS NULL) THEN contact_id END', 'who is a lead is not a contact yet'),
	('touchpoint', 'account_id', 'CASE WHEN NOT EXISTS (SELECT FROM native.lead WHERE lead.lead_id = touchpoint.lead_id AND converted_at IS NULL) THEN account_id END', 'a lead has no account'),
	('touchpoint', 'outcome', 'CASE WHEN channel = ''social'' THEN NULL WHEN channel = ANY (ARRAY[''meeting'', ''video'']) THEN ''attended'' WHEN channel = ''email'' AND direction = ''inbound'' THEN ''replied'' WHEN channel = ''email'' AND outcome = ''replied'' THEN ''opened'' ELSE outcome END',
		'who comes to a meeting attends it; an answer is a message of its own; a message elsewhere has no outcome'),
	('touchpoint', 'purpose', 'CASE WHEN purpose = ''nurture'' AND channel <> ''email'' THEN NULL WHEN purpose = ''service'' AND NOT EXISTS (SELECT FROM native.ticket WHERE ticket.account_id = touchpoint.account_id) THEN NULL
		WHEN purpose = ''sales'' AND NOT EXISTS (SELECT FROM native.opportunity WHERE opportunity.account_id = touchpoint.account_id) AND NOT EXISTS (SELECT FROM native.lead WHERE lead.lead_id = touchpoint.lead_id AND converted_at IS NULL) THEN NULL
		ELSE purpose END', 'told by what it is about: an opportunity, a case, a campaign or a lead, or by the list to which it was sent'),
	('touchpoint', 'duration_minutes', 'CASE WHEN channel <> ''email'' THEN duration_minutes END', 'an e-mail takes no time');
