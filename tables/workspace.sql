-- workspace: what this schema is, which templates made it, and what they made.
-- clientele.drop_workspace and later upgrades read it; nothing else does.
--
-- To run by hand: SET search_path = your_schema, clientele;
CREATE TABLE workspace (
	is_workspace boolean PRIMARY KEY DEFAULT true CHECK (is_workspace),
	source text NOT NULL,
	source_schema text,
	version text NOT NULL,
	created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE workspace_template (
	kind text NOT NULL,
	name text NOT NULL,
	section text NOT NULL DEFAULT '',
	version text NOT NULL,
	installed_at timestamptz NOT NULL DEFAULT now(),
	body text NOT NULL,
	source_schema text,
	PRIMARY KEY (kind, name, section)
);
CREATE TABLE workspace_object (
	place integer PRIMARY KEY,
	kind text NOT NULL,
	name text NOT NULL,
	arguments text NOT NULL DEFAULT '',
	template_kind text NOT NULL,
	template_name text NOT NULL,
	template_section text NOT NULL,
	definition_hash text,
	server_release integer NOT NULL,
	UNIQUE (name, arguments, kind)
);
COMMENT ON TABLE workspace IS 'What this schema is: a Clientele workspace. One row.';
COMMENT ON COLUMN workspace.is_workspace IS 'Always true: keeps the table to one row.';
COMMENT ON COLUMN workspace.source IS 'The source of its entities when it was made, one of clientele.sources().';
COMMENT ON COLUMN workspace.source_schema IS 'The schema whose tables the source reads; NULL for native. An entity may come from elsewhere: see workspace_template.';
COMMENT ON COLUMN workspace.version IS 'Version of Clientele that made it.';
COMMENT ON COLUMN workspace.created_at IS 'When it was made.';
COMMENT ON TABLE workspace_template IS 'The templates that made this workspace, as they were then.';
COMMENT ON COLUMN workspace_template.kind IS 'Folder of the template: tables, sources or views.';
COMMENT ON COLUMN workspace_template.name IS 'Its name.';
COMMENT ON COLUMN workspace_template.section IS 'The part of a source that was run: an entity, or the entities of a reference; empty for a whole file.';
COMMENT ON COLUMN workspace_template.version IS 'Version of Clientele that it came with.';
COMMENT ON COLUMN workspace_template.installed_at IS 'When it was run.';
COMMENT ON COLUMN workspace_template.body IS 'Its text.';
COMMENT ON COLUMN workspace_template.source_schema IS 'The schema that :"source" stands for in the text; NULL: it reads none.';
COMMENT ON TABLE workspace_object IS 'What the templates made, to tell it from what users added or adapted.';
COMMENT ON COLUMN workspace_object.place IS 'Order in which the objects were made.';
COMMENT ON COLUMN workspace_object.kind IS 'table, view, materialized view, sequence, function or procedure.';
COMMENT ON COLUMN workspace_object.name IS 'Its name.';
COMMENT ON COLUMN workspace_object.arguments IS 'Argument types of a function.';
COMMENT ON COLUMN workspace_object.template_kind IS 'Kind of the template that made it.';
COMMENT ON COLUMN workspace_object.template_name IS 'Name of that template.';
COMMENT ON COLUMN workspace_object.template_section IS 'Section of that template.';
COMMENT ON COLUMN workspace_object.definition_hash IS 'SHA-256 of the definition of a view or function as the server showed it then; NULL for a table.';
COMMENT ON COLUMN workspace_object.server_release IS 'Major release of that server: another one may show the same definition differently.';
