-- Salesforce's objects with its own names, as a replica in another database has
-- them: in a new schema salesforce, empty. Columns that nothing reads (addresses,
-- recurrences) are left out.
CREATE SCHEMA salesforce;
CREATE TABLE salesforce."Account" (
	"Id" varchar PRIMARY KEY, "IsDeleted" boolean, "MasterRecordId" varchar, "Name" varchar, "LastName" varchar, "FirstName" varchar,
	"Salutation" varchar, "MiddleName" varchar, "Suffix" varchar, "Type" varchar, "RecordTypeId" varchar, "ParentId" varchar, "BillingState" varchar,
	"BillingCountry" varchar, "Phone" varchar, "Fax" varchar, "AccountNumber" varchar, "Website" varchar, "Sic" varchar, "Industry" varchar,
	"AnnualRevenue" numeric, "NumberOfEmployees" varchar, "Ownership" varchar, "TickerSymbol" varchar, "Description" varchar, "Rating" varchar,
	"Site" varchar, "CurrencyIsoCode" varchar, "OwnerId" varchar, "CreatedDate" timestamp, "CreatedById" varchar, "LastModifiedDate" timestamp,
	"LastModifiedById" varchar, "SystemModstamp" timestamp, "LastActivityDate" date, "IsPersonAccount" boolean, "Jigsaw" varchar,
	"JigsawCompanyId" varchar, "AccountSource" varchar, "SicDesc" varchar, "OperatingHoursId" varchar
);
CREATE TABLE salesforce."Contact" (
	"Id" varchar PRIMARY KEY, "IsDeleted" boolean, "MasterRecordId" varchar, "AccountId" varchar, "IsPersonAccount" boolean, "LastName" varchar,
	"FirstName" varchar, "Salutation" varchar, "MiddleName" varchar, "Suffix" varchar, "Name" varchar, "MailingState" varchar, "MailingCountry" varchar,
	"Phone" varchar, "Fax" varchar, "MobilePhone" varchar, "HomePhone" varchar, "OtherPhone" varchar, "AssistantPhone" varchar, "ReportsToId" varchar,
	"Email" varchar, "Title" varchar, "Department" varchar, "CurrencyIsoCode" varchar, "OwnerId" varchar, "CreatedDate" timestamp,
	"CreatedById" varchar, "LastModifiedDate" timestamp, "LastModifiedById" varchar, "SystemModstamp" timestamp, "LastActivityDate" date,
	"LastCURequestDate" timestamp, "LastCUUpdateDate" timestamp, "EmailBouncedReason" varchar, "EmailBouncedDate" timestamp, "IsEmailBounced" boolean,
	"Jigsaw" varchar, "JigsawContactId" varchar, "HasOptedOutOfEmail" boolean, "DoNotCall" boolean
);
CREATE TABLE salesforce."Lead" (
	"Id" varchar PRIMARY KEY, "IsDeleted" boolean, "MasterRecordId" varchar, "LastName" varchar, "FirstName" varchar, "Salutation" varchar,
	"MiddleName" varchar, "Suffix" varchar, "Name" varchar, "RecordTypeId" varchar, "Title" varchar, "Company" varchar, "State" varchar,
	"Country" varchar, "Phone" varchar, "MobilePhone" varchar, "Fax" varchar, "Email" varchar, "Website" varchar, "Description" varchar,
	"LeadSource" varchar, "Status" varchar, "Industry" varchar, "Rating" varchar, "CurrencyIsoCode" varchar, "AnnualRevenue" numeric,
	"NumberOfEmployees" varchar, "OwnerId" varchar, "HasOptedOutOfEmail" boolean, "IsConverted" boolean, "ConvertedDate" date,
	"ConvertedAccountId" varchar, "ConvertedContactId" varchar, "ConvertedOpportunityId" varchar, "IsUnreadByOwner" boolean, "CreatedDate" timestamp,
	"CreatedById" varchar, "LastModifiedDate" timestamp, "LastModifiedById" varchar, "SystemModstamp" timestamp, "LastActivityDate" date,
	"DoNotCall" boolean, "HasOptedOutOfFax" boolean, "LastTransferDate" date, "Jigsaw" varchar, "JigsawContactId" varchar, "EmailBouncedReason" varchar,
	"EmailBouncedDate" timestamp
);
CREATE TABLE salesforce."Opportunity" (
	"Id" varchar PRIMARY KEY, "IsDeleted" boolean, "AccountId" varchar, "RecordTypeId" varchar, "IsPrivate" boolean, "Name" varchar,
	"Description" varchar, "StageName" varchar, "Amount" numeric, "Probability" numeric, "ExpectedRevenue" numeric, "TotalOpportunityQuantity" numeric,
	"CloseDate" date, "Type" varchar, "NextStep" varchar, "LeadSource" varchar, "IsClosed" boolean, "IsWon" boolean, "ForecastCategory" varchar,
	"ForecastCategoryName" varchar, "CurrencyIsoCode" varchar, "CampaignId" varchar, "HasOpportunityLineItem" boolean, "Pricebook2Id" varchar,
	"OwnerId" varchar, "Territory2Id" varchar, "IsExcludedFromTerritory2Filter" boolean, "CreatedDate" timestamp, "CreatedById" varchar,
	"LastModifiedDate" timestamp, "LastModifiedById" varchar, "SystemModstamp" timestamp, "LastActivityDate" date, "PushCount" varchar,
	"LastStageChangeDate" timestamp, "FiscalQuarter" varchar, "FiscalYear" varchar, "Fiscal" varchar, "ContactId" varchar, "SyncedQuoteId" varchar,
	"ContractId" varchar, "HasOpenActivity" boolean, "HasOverdueTask" boolean, "IqScore" varchar, "LastAmountChangedHistoryId" varchar,
	"LastCloseDateChangedHistoryId" varchar
);
CREATE TABLE salesforce."OpportunityContactRole" (
	"Id" varchar PRIMARY KEY, "OpportunityId" varchar, "ContactId" varchar, "Role" varchar, "IsPrimary" boolean, "CreatedDate" timestamp,
	"CreatedById" varchar, "LastModifiedDate" timestamp, "LastModifiedById" varchar, "SystemModstamp" timestamp, "IsDeleted" boolean,
	"CurrencyIsoCode" varchar
);
CREATE TABLE salesforce."OpportunityLineItem" (
	"Id" varchar PRIMARY KEY, "OpportunityId" varchar, "SortOrder" varchar, "PricebookEntryId" varchar, "Product2Id" varchar, "ProductCode" varchar,
	"Name" varchar, "CurrencyIsoCode" varchar, "Quantity" numeric, "TotalPrice" numeric, "UnitPrice" numeric, "ListPrice" numeric, "ServiceDate" date,
	"HasRevenueSchedule" boolean, "HasQuantitySchedule" boolean, "Description" varchar, "HasSchedule" boolean, "CanUseQuantitySchedule" boolean,
	"CanUseRevenueSchedule" boolean, "CreatedDate" timestamp, "CreatedById" varchar, "LastModifiedDate" timestamp, "LastModifiedById" varchar,
	"SystemModstamp" timestamp, "IsDeleted" boolean
);
CREATE TABLE salesforce."Task" (
	"Id" varchar PRIMARY KEY, "RecordTypeId" varchar, "WhoId" varchar, "WhatId" varchar, "WhoCount" varchar, "WhatCount" varchar, "Subject" varchar,
	"ActivityDate" date, "Status" varchar, "Priority" varchar, "IsHighPriority" boolean, "OwnerId" varchar, "Description" varchar,
	"CurrencyIsoCode" varchar, "Type" varchar, "IsDeleted" boolean, "AccountId" varchar, "IsClosed" boolean, "CreatedDate" timestamp,
	"CreatedById" varchar, "LastModifiedDate" timestamp, "LastModifiedById" varchar, "SystemModstamp" timestamp, "IsArchived" boolean,
	"CallDurationInSeconds" varchar, "CallType" varchar, "CallDisposition" varchar, "CallObject" varchar, "IsReminderSet" boolean,
	"IsRecurrence" boolean, "TaskSubtype" varchar, "CompletedDateTime" timestamp, "TaskWhoIds" varchar
);
CREATE TABLE salesforce."Event" (
	"Id" varchar PRIMARY KEY, "WhoId" varchar, "WhatId" varchar, "WhoCount" varchar, "WhatCount" varchar, "Subject" varchar, "Location" varchar,
	"IsAllDayEvent" boolean, "ActivityDateTime" timestamp, "ActivityDate" date, "DurationInMinutes" varchar, "StartDateTime" timestamp,
	"EndDateTime" timestamp, "EndDate" date, "Description" varchar, "AccountId" varchar, "OwnerId" varchar, "CurrencyIsoCode" varchar, "Type" varchar,
	"IsPrivate" boolean, "ShowAs" varchar, "IsDeleted" boolean, "IsChild" boolean, "IsGroupEvent" boolean, "GroupEventType" varchar,
	"CreatedDate" timestamp, "CreatedById" varchar, "LastModifiedDate" timestamp, "LastModifiedById" varchar, "SystemModstamp" timestamp,
	"IsArchived" boolean, "IsRecurrence" boolean, "IsReminderSet" boolean, "EventSubtype" varchar, "IsRecurrence2Exclusion" boolean,
	"IsRecurrence2" boolean, "IsRecurrence2Exception" boolean, "ServiceAppointmentId" varchar, "AcceptedEventInviteeIds" varchar,
	"DeclinedEventInviteeIds" varchar, "EventWhoIds" varchar, "UndecidedEventInviteeIds" varchar
);
CREATE TABLE salesforce."EmailMessage" (
	"Id" varchar PRIMARY KEY, "ParentId" varchar, "ActivityId" varchar, "CreatedById" varchar, "CreatedDate" timestamp, "LastModifiedDate" timestamp,
	"LastModifiedById" varchar, "SystemModstamp" timestamp, "TextBody" varchar, "HtmlBody" varchar, "Headers" varchar, "Subject" varchar,
	"FromName" varchar, "Incoming" boolean, "HasAttachment" boolean, "Status" varchar, "MessageDate" timestamp, "IsDeleted" boolean,
	"ReplyToEmailMessageId" varchar, "IsExternallyVisible" boolean, "MessageIdentifier" varchar, "ThreadIdentifier" varchar, "IsClientManaged" boolean,
	"RelatedToId" varchar, "IsTracked" boolean, "IsOpened" boolean, "FirstOpenedDate" timestamp, "LastOpenedDate" timestamp, "IsBounced" boolean,
	"EmailTemplateId" varchar, "ContentDocumentIds" varchar, "BccIds" varchar, "CcIds" varchar, "ToIds" varchar
);
CREATE TABLE salesforce."Campaign" (
	"Id" varchar PRIMARY KEY, "IsDeleted" boolean, "Name" varchar, "ParentId" varchar, "Type" varchar, "RecordTypeId" varchar, "Status" varchar,
	"StartDate" date, "EndDate" date, "CurrencyIsoCode" varchar, "ExpectedRevenue" numeric, "BudgetedCost" numeric, "ActualCost" numeric,
	"ExpectedResponse" numeric, "NumberSent" numeric, "IsActive" boolean, "Description" varchar, "NumberOfLeads" varchar,
	"NumberOfConvertedLeads" varchar, "NumberOfContacts" varchar, "NumberOfResponses" varchar, "NumberOfOpportunities" varchar,
	"NumberOfWonOpportunities" varchar, "AmountAllOpportunities" numeric, "AmountWonOpportunities" numeric, "OwnerId" varchar, "CreatedDate" timestamp,
	"CreatedById" varchar, "LastModifiedDate" timestamp, "LastModifiedById" varchar, "SystemModstamp" timestamp, "LastActivityDate" date,
	"CampaignMemberRecordTypeId" varchar
);
CREATE TABLE salesforce."CampaignMember" (
	"Id" varchar PRIMARY KEY, "IsDeleted" boolean, "CampaignId" varchar, "LeadId" varchar, "ContactId" varchar, "Status" varchar,
	"HasResponded" boolean, "CreatedDate" timestamp, "CreatedById" varchar, "LastModifiedDate" timestamp, "LastModifiedById" varchar,
	"SystemModstamp" timestamp, "FirstRespondedDate" date, "CurrencyIsoCode" varchar, "Salutation" varchar, "Name" varchar, "FirstName" varchar,
	"LastName" varchar, "Title" varchar, "State" varchar, "Country" varchar, "Email" varchar, "Phone" varchar, "Fax" varchar, "MobilePhone" varchar,
	"Description" varchar, "DoNotCall" boolean, "HasOptedOutOfEmail" boolean, "HasOptedOutOfFax" boolean, "LeadSource" varchar,
	"CompanyOrAccount" varchar, "Type" varchar, "LeadOrContactId" varchar, "LeadOrContactOwnerId" varchar
);
CREATE TABLE salesforce."Case" (
	"Id" varchar PRIMARY KEY, "IsDeleted" boolean, "MasterRecordId" varchar, "CaseNumber" varchar, "ContactId" varchar, "AccountId" varchar,
	"AssetId" varchar, "ProductId" varchar, "EntitlementId" varchar, "SourceId" varchar, "BusinessHoursId" varchar, "ParentId" varchar,
	"SuppliedName" varchar, "SuppliedEmail" varchar, "SuppliedPhone" varchar, "SuppliedCompany" varchar, "Type" varchar, "RecordTypeId" varchar,
	"Status" varchar, "Reason" varchar, "Origin" varchar, "Language" varchar, "Subject" varchar, "Priority" varchar, "Description" varchar,
	"IsClosed" boolean, "ClosedDate" timestamp, "IsEscalated" boolean, "CurrencyIsoCode" varchar, "OwnerId" varchar, "IsClosedOnCreate" boolean,
	"SlaStartDate" timestamp, "SlaExitDate" timestamp, "IsStopped" boolean, "StopStartDate" timestamp, "CreatedDate" timestamp, "CreatedById" varchar,
	"LastModifiedDate" timestamp, "LastModifiedById" varchar, "SystemModstamp" timestamp, "ContactPhone" varchar, "ContactMobile" varchar,
	"ContactEmail" varchar, "ContactFax" varchar, "Comments" varchar, "ServiceContractId" varchar, "MilestoneStatus" varchar
);
CREATE TABLE salesforce."Contract" (
	"Id" varchar PRIMARY KEY, "AccountId" varchar, "CurrencyIsoCode" varchar, "Pricebook2Id" varchar, "OwnerExpirationNotice" varchar, "StartDate" date,
	"EndDate" date, "BillingState" varchar, "BillingCountry" varchar, "ContractTerm" varchar, "OwnerId" varchar, "Status" varchar,
	"CompanySignedId" varchar, "CompanySignedDate" date, "CustomerSignedId" varchar, "CustomerSignedTitle" varchar, "CustomerSignedDate" date,
	"SpecialTerms" varchar, "ActivatedById" varchar, "ActivatedDate" timestamp, "StatusCode" varchar, "Description" varchar, "IsDeleted" boolean,
	"ContractNumber" varchar, "LastApprovedDate" timestamp, "CreatedDate" timestamp, "CreatedById" varchar, "LastModifiedDate" timestamp,
	"LastModifiedById" varchar, "SystemModstamp" timestamp, "LastActivityDate" date
);
CREATE TABLE salesforce."ServiceContract" (
	"Id" varchar PRIMARY KEY, "OwnerId" varchar, "IsDeleted" boolean, "Name" varchar, "CurrencyIsoCode" varchar, "CreatedDate" timestamp,
	"CreatedById" varchar, "LastModifiedDate" timestamp, "LastModifiedById" varchar, "SystemModstamp" timestamp, "AccountId" varchar,
	"ContactId" varchar, "Term" varchar, "StartDate" date, "EndDate" date, "ActivationDate" timestamp, "ApprovalStatus" varchar, "Description" varchar,
	"BillingState" varchar, "BillingCountry" varchar, "Pricebook2Id" varchar, "Tax" numeric, "Subtotal" varchar, "TotalPrice" varchar,
	"LineItemCount" varchar, "ContractNumber" varchar, "SpecialTerms" varchar, "Discount" numeric, "GrandTotal" numeric, "Status" varchar,
	"ParentServiceContractId" varchar, "RootServiceContractId" varchar
);
CREATE TABLE salesforce."Quote" (
	"Id" varchar PRIMARY KEY, "OwnerId" varchar, "IsDeleted" boolean, "Name" varchar, "CurrencyIsoCode" varchar, "CreatedDate" timestamp,
	"CreatedById" varchar, "LastModifiedDate" timestamp, "LastModifiedById" varchar, "SystemModstamp" timestamp, "OpportunityId" varchar,
	"Pricebook2Id" varchar, "ContactId" varchar, "QuoteNumber" varchar, "IsSyncing" boolean, "Tax" numeric, "Status" varchar, "ExpirationDate" date,
	"Description" varchar, "Subtotal" varchar, "TotalPrice" varchar, "LineItemCount" varchar, "BillingState" varchar, "BillingCountry" varchar,
	"BillingName" varchar, "Email" varchar, "Phone" varchar, "Fax" varchar, "ContractId" varchar, "AccountId" varchar, "Discount" numeric,
	"GrandTotal" numeric, "CanCreateQuoteLineItems" boolean
);
CREATE TABLE salesforce."Order" (
	"Id" varchar PRIMARY KEY, "OwnerId" varchar, "ContractId" varchar, "AccountId" varchar, "Pricebook2Id" varchar, "OriginalOrderId" varchar,
	"EffectiveDate" date, "EndDate" date, "IsReductionOrder" boolean, "Status" varchar, "Description" varchar, "CustomerAuthorizedById" varchar,
	"CompanyAuthorizedById" varchar, "Type" varchar, "BillingState" varchar, "BillingCountry" varchar, "ActivatedDate" timestamp,
	"ActivatedById" varchar, "StatusCode" varchar, "CurrencyIsoCode" varchar, "OrderNumber" varchar, "TotalAmount" numeric, "CreatedDate" timestamp,
	"CreatedById" varchar, "LastModifiedDate" timestamp, "LastModifiedById" varchar, "IsDeleted" boolean, "SystemModstamp" timestamp
);
CREATE TABLE salesforce."OrderItem" (
	"Id" varchar PRIMARY KEY, "Product2Id" varchar, "IsDeleted" boolean, "OrderId" varchar, "PricebookEntryId" varchar, "OriginalOrderItemId" varchar,
	"AvailableQuantity" numeric, "Quantity" numeric, "CurrencyIsoCode" varchar, "UnitPrice" numeric, "ListPrice" numeric, "TotalPrice" numeric,
	"ServiceDate" date, "EndDate" date, "Description" varchar, "CreatedDate" timestamp, "CreatedById" varchar, "LastModifiedDate" timestamp,
	"LastModifiedById" varchar, "SystemModstamp" timestamp, "OrderItemNumber" varchar
);
CREATE TABLE salesforce."User" (
	"Id" varchar PRIMARY KEY, "Username" varchar, "LastName" varchar, "FirstName" varchar, "Name" varchar, "CompanyName" varchar, "Division" varchar,
	"Department" varchar, "Title" varchar, "Email" varchar, "IsActive" boolean, "UserRoleId" varchar, "ProfileId" varchar, "UserType" varchar,
	"ManagerId" varchar, "CreatedDate" timestamp
);
CREATE TABLE salesforce."Product2" (
	"Id" varchar PRIMARY KEY, "Name" varchar, "ProductCode" varchar, "Description" varchar, "IsActive" boolean, "Family" varchar,
	"CreatedDate" timestamp, "IsDeleted" boolean, "IsArchived" boolean
);
CREATE TABLE salesforce."QuoteLineItem" (
	"Id" varchar PRIMARY KEY, "IsDeleted" boolean, "CreatedDate" timestamp, "QuoteId" varchar, "PricebookEntryId" varchar, "Quantity" numeric,
	"UnitPrice" numeric, "Discount" numeric, "Product2Id" varchar, "ListPrice" numeric, "Subtotal" numeric, "TotalPrice" numeric
);
CREATE TABLE salesforce."OpportunityHistory" (
	"Id" varchar PRIMARY KEY, "OpportunityId" varchar, "CreatedById" varchar, "CreatedDate" timestamp, "StageName" varchar, "Amount" numeric,
	"ExpectedRevenue" numeric, "CloseDate" date, "Probability" numeric, "ForecastCategory" varchar, "SystemModstamp" timestamp, "IsDeleted" boolean
);
CREATE TABLE salesforce."Asset" (
	"Id" varchar PRIMARY KEY, "ContactId" varchar, "AccountId" varchar, "Product2Id" varchar, "IsCompetitorProduct" boolean, "CreatedDate" timestamp,
	"IsDeleted" boolean, "Name" varchar, "SerialNumber" varchar, "InstallDate" date, "PurchaseDate" date, "UsageEndDate" date, "Status" varchar,
	"Price" numeric, "Quantity" numeric
);
CREATE TABLE salesforce."AccountContactRelation" (
	"Id" varchar PRIMARY KEY, "AccountId" varchar, "ContactId" varchar, "Roles" varchar, "IsDirect" boolean, "IsActive" boolean, "StartDate" date,
	"EndDate" date, "CreatedDate" timestamp, "LastModifiedDate" timestamp, "IsDeleted" boolean
);
CREATE TABLE salesforce."ContractLineItem" (
	"Id" varchar PRIMARY KEY, "IsDeleted" boolean, "LineItemNumber" varchar, "CreatedDate" timestamp, "CreatedById" varchar, "LastModifiedDate" timestamp,
	"LastModifiedById" varchar, "SystemModstamp" timestamp, "ServiceContractId" varchar, "Product2Id" varchar, "AssetId" varchar, "StartDate" date,
	"EndDate" date, "Description" varchar, "PricebookEntryId" varchar, "Quantity" numeric, "UnitPrice" numeric, "Discount" numeric, "ListPrice" numeric,
	"Subtotal" numeric, "TotalPrice" numeric, "Status" varchar, "ParentContractLineItemId" varchar, "RootContractLineItemId" varchar
);
