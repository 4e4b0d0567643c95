-- Templates of the workspace: the text of every file in tables/, sources/ and views/.
CREATE TABLE clientele.template (
	kind text NOT NULL,
	name text NOT NULL,
	body text NOT NULL,
	PRIMARY KEY (kind, name)
);
COMMENT ON TABLE clientele.template IS
'The SQL that clientele.create_workspace runs: a row a file of tables/, sources/ and views/.';
GRANT SELECT ON clientele.template TO PUBLIC;
