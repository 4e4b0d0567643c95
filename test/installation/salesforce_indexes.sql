-- The indexes by which the rows of one account, of one person and of one whole are
-- found; Salesforce's ids are text, so that ordinary ones do.
SELECT format('CREATE INDEX ON salesforce.%I (%I)', relation, name)
FROM (VALUES ('Contact', 'AccountId'), ('Lead', 'ConvertedAccountId'), ('Opportunity', 'AccountId'), ('OpportunityContactRole', 'ContactId'), ('OpportunityContactRole', 'OpportunityId'),
	('OpportunityLineItem', 'OpportunityId'), ('OpportunityHistory', 'OpportunityId'), ('Lead', 'ConvertedOpportunityId'), ('Order', 'AccountId'), ('OrderItem', 'OrderId'),
	('Contract', 'AccountId'), ('ServiceContract', 'AccountId'), ('Case', 'AccountId'), ('Case', 'ContactId'), ('EmailMessage', 'ParentId'), ('EmailMessage', 'ActivityId'), ('Quote', 'AccountId'),
	('QuoteLineItem', 'QuoteId'), ('Task', 'AccountId'), ('Task', 'WhoId'), ('Event', 'AccountId'), ('Event', 'WhoId'), ('CampaignMember', 'ContactId'), ('CampaignMember', 'CampaignId'), ('CampaignMember', 'LeadId'),
	('AccountContactRelation', 'AccountId'), ('AccountContactRelation', 'ContactId'), ('ContractLineItem', 'ServiceContractId')
) AS here (relation, name) \gexec
-- and those of tasks, e-mails and events with several people, which are few
CREATE INDEX ON salesforce."Task" ("Id") WHERE "TaskWhoIds" ~ '\w\W+\w';
CREATE INDEX ON salesforce."EmailMessage" ("ActivityId") WHERE "ToIds" ~ '\w\W+\w';
CREATE INDEX ON salesforce."Event" ("Id") WHERE "EventWhoIds" ~ '\w\W+\w';
