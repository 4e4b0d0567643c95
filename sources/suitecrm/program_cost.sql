-- entity: program_cost
-- reads: campaigns
CREATE VIEW program_cost WITH (security_invoker = true) AS
-- what a campaign cost, on its last day
SELECT here.*
FROM (
	SELECT NULL::numeric AS actual_cost,
		NULL::date AS start_date,
		NULL::date AS end_date,
		NULL::timestamp AS date_entered,
		NULL::text AS deleted
) AS absent
CROSS JOIN LATERAL (
	SELECT id::text AS program_id,
		NULL::text AS segment,
		coalesce(end_date::date, start_date::date, (to_timestamp(extract(epoch FROM date_entered)) AT TIME ZONE 'UTC')::date) AS spent_on,
		actual_cost::numeric AS amount
	FROM :"source".campaigns
	WHERE coalesce(deleted::text, '0') <> ALL (ARRAY['1', 't', 'true'])
		AND actual_cost <> 0
) AS here;
