-- entity: opportunity_stage
-- reads: opportunities, opportunities_audit
CREATE VIEW opportunity_stage WITH (security_invoker = true) AS
SELECT here.opportunity_id,
	change.after AS stage,
	change.changed_at AS entered_at
FROM (SELECT NULL::text AS deleted) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS opportunity_id
	FROM :"source".opportunities
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
) AS here
JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT NULL::text AS parent_id,
			NULL::text AS field_name,
			NULL::text AS before_value_string,
			NULL::text AS after_value_string,
			NULL::timestamp AS date_created
	) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS change_id,
			parent_id::text AS parent_id,
			field_name::text AS field,
			before_value_string::text AS before,
			after_value_string::text AS after,
			to_timestamp(extract(epoch FROM date_created)) AS changed_at
		FROM :"source".opportunities_audit
	) AS each
	WHERE each.parent_id = here.opportunity_id AND each.field = 'sales_stage' AND each.after <> ''
) AS change ON true
UNION ALL
-- and the one in which it began: before the first change, or the present one
SELECT here.opportunity_id,
	CASE WHEN change.change_id IS NULL THEN here.stage ELSE change.before END AS stage,
	here.opened_at AS entered_at
FROM (SELECT NULL::text AS sales_stage, NULL::timestamp AS date_entered, NULL::text AS deleted) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS opportunity_id,
		sales_stage::text AS stage,
		to_timestamp(extract(epoch FROM date_entered)) AS opened_at
	FROM :"source".opportunities
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
) AS here
LEFT JOIN LATERAL (
	SELECT each.*
	FROM (
		SELECT NULL::text AS parent_id,
			NULL::text AS field_name,
			NULL::text AS before_value_string,
			NULL::text AS after_value_string,
			NULL::timestamp AS date_created
	) AS absent_2
	CROSS JOIN LATERAL (
		SELECT id::text AS change_id,
			parent_id::text AS parent_id,
			field_name::text AS field,
			before_value_string::text AS before,
			after_value_string::text AS after,
			to_timestamp(extract(epoch FROM date_created)) AS changed_at
		FROM :"source".opportunities_audit
	) AS each
	WHERE each.parent_id = here.opportunity_id AND each.field = 'sales_stage'
	ORDER BY each.changed_at, each.change_id
	LIMIT 1
) AS change ON true
WHERE CASE WHEN change.change_id IS NULL THEN here.stage ELSE change.before END <> '';
