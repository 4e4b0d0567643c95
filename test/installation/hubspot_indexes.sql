-- The indexes by which the rows of one account, of one person and of one whole are
-- found: on the text of the ids that a filter names, ordinary ones for joins.
SELECT format('CREATE INDEX ON hubspot.%I (%s)', relation, columns)
FROM (VALUES ('company', '(id::text)'), ('contact', '(id::text)'), ('contact', '(property_associatedcompanyid::text)'), ('contact', 'id'), ('deal', 'deal_id'), ('deal', '(deal_id::text)'),
	('deal_company', '(company_id::text)'), ('deal_company', 'deal_id'), ('deal_contact', 'deal_id'), ('deal_pipeline_stage', 'stage_id'), ('merged_deal', 'merged_deal_id'), ('line_item', 'id'),
	('line_item_deal', 'deal_id'), ('ticket', 'id'), ('ticket_company', '(company_id::text)'), ('ticket_company', 'ticket_id'), ('ticket_contact', 'ticket_id'), ('engagement_contact', 'contact_id'),
	('engagement_contact', 'engagement_id'), ('engagement_call', 'engagement_id'), ('engagement_email', 'engagement_id'), ('engagement_meeting', 'engagement_id'),
	('engagement_communication', 'engagement_id'), ('contact_form_submission', 'contact_id'), ('contact_property_history', '(contact_id::text)'), ('deal_contact', 'contact_id'), ('deal_contact', '(contact_id::text)'), ('ticket', '(id::text)'), ('product', '(id::text)'), ('ticket_contact', 'contact_id'), ('deal_stage', '(deal_id::text)')) AS here (relation, columns) \gexec
CREATE INDEX ON hubspot.contact (id) WHERE property_hs_merged_object_ids IS NOT NULL;
