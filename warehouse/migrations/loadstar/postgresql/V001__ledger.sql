-- What ran, what it counted and what the warehouse shows now. Schemas exist already.

CREATE TABLE ${etl}.run (
  run_id varchar(64) NOT NULL,
  attempt integer NOT NULL,
  business_date date NOT NULL,
  started_at timestamptz NOT NULL,
  published_at timestamptz NOT NULL,
  lake_id varchar(64) NOT NULL,
  commit_number bigint NOT NULL,
  CONSTRAINT run_pk PRIMARY KEY (run_id, attempt)
);
COMMENT ON TABLE ${etl}.run IS 'One row per attempt of a run that published.';
COMMENT ON COLUMN ${etl}.run.run_id IS 'The run: the business date unless named otherwise';
COMMENT ON COLUMN ${etl}.run.attempt IS 'From 1 within the run';
COMMENT ON COLUMN ${etl}.run.business_date IS 'The day that the run was for';
COMMENT ON COLUMN ${etl}.run.started_at IS 'When the attempt began, UTC';
COMMENT ON COLUMN ${etl}.run.published_at IS 'When the publish transaction was about to commit, UTC';
COMMENT ON COLUMN ${etl}.run.lake_id IS 'The lake that was published';
COMMENT ON COLUMN ${etl}.run.commit_number IS 'The commit that the warehouse showed afterwards';

CREATE TABLE ${etl}.load (
  lake_id varchar(64) NOT NULL,
  commit_number bigint NOT NULL,
  entity varchar(255) NOT NULL,
  load_number bigint NOT NULL,
  run_id varchar(64) NOT NULL,
  CONSTRAINT load_pk PRIMARY KEY (lake_id, commit_number, entity)
);
COMMENT ON TABLE ${etl}.load IS 'Per published commit, the newest load of each entity in it.';
COMMENT ON COLUMN ${etl}.load.lake_id IS 'The lake';
COMMENT ON COLUMN ${etl}.load.commit_number IS 'The commit';
COMMENT ON COLUMN ${etl}.load.entity IS 'source.entity';
COMMENT ON COLUMN ${etl}.load.load_number IS 'The last load of the entity that the commit holds';
COMMENT ON COLUMN ${etl}.load.run_id IS 'The run that published it';

CREATE TABLE ${etl}.balance (
  run_id varchar(64) NOT NULL,
  attempt integer NOT NULL,
  step varchar(32) NOT NULL,
  subject varchar(255) NOT NULL,
  rows_read bigint NOT NULL,
  released bigint NOT NULL,
  passed bigint NOT NULL,
  unchanged bigint NOT NULL,
  deduplicated bigint NOT NULL,
  filtered bigint NOT NULL,
  quarantined bigint NOT NULL,
  waiting bigint NOT NULL,
  CONSTRAINT balance_pk PRIMARY KEY (run_id, attempt, step, subject)
);
COMMENT ON TABLE ${etl}.balance IS 'Where the rows of each hop went: rows_read + released = passed + unchanged + deduplicated + filtered + quarantined + waiting.';
COMMENT ON COLUMN ${etl}.balance.run_id IS 'The run';
COMMENT ON COLUMN ${etl}.balance.attempt IS 'The attempt';
COMMENT ON COLUMN ${etl}.balance.step IS 'ingest, transform, build or load';
COMMENT ON COLUMN ${etl}.balance.subject IS 'Entity or table';
COMMENT ON COLUMN ${etl}.balance.rows_read IS 'Rows taken in';
COMMENT ON COLUMN ${etl}.balance.released IS 'Rows that waited before and no longer do';
COMMENT ON COLUMN ${etl}.balance.passed IS 'Rows that changed what the hop writes';
COMMENT ON COLUMN ${etl}.balance.unchanged IS 'Rows that said what was known already';
COMMENT ON COLUMN ${etl}.balance.deduplicated IS 'Repeats and rows overtaken within the hop';
COMMENT ON COLUMN ${etl}.balance.filtered IS 'Rows left out by a declared rule';
COMMENT ON COLUMN ${etl}.balance.quarantined IS 'Rejected rows';
COMMENT ON COLUMN ${etl}.balance.waiting IS 'Rows whose header has not come';

CREATE TABLE ${etl}.quality_result (
  run_id varchar(64) NOT NULL,
  attempt integer NOT NULL,
  position integer NOT NULL,
  subject varchar(255) NOT NULL,
  rule_name varchar(1000) NOT NULL,
  severity varchar(16) NOT NULL,
  passed boolean NOT NULL,
  expected varchar(1000) NOT NULL,
  found varchar(1000) NOT NULL,
  CONSTRAINT quality_result_pk PRIMARY KEY (run_id, attempt, position)
);
COMMENT ON TABLE ${etl}.quality_result IS 'Verdicts of the quality rules on what was published.';
COMMENT ON COLUMN ${etl}.quality_result.run_id IS 'The run';
COMMENT ON COLUMN ${etl}.quality_result.attempt IS 'The attempt';
COMMENT ON COLUMN ${etl}.quality_result.position IS 'Order of the verdict within the attempt';
COMMENT ON COLUMN ${etl}.quality_result.subject IS 'Table or entity';
COMMENT ON COLUMN ${etl}.quality_result.rule_name IS 'The rule as written';
COMMENT ON COLUMN ${etl}.quality_result.severity IS 'ERROR or WARN';
COMMENT ON COLUMN ${etl}.quality_result.passed IS 'Whether the rule held';
COMMENT ON COLUMN ${etl}.quality_result.expected IS 'The bound in words';
COMMENT ON COLUMN ${etl}.quality_result.found IS 'The measured figure in words';

CREATE TABLE ${etl}.publication (
  id integer NOT NULL,
  lake_id varchar(64) NOT NULL,
  commit_number bigint NOT NULL,
  run_id varchar(64) NOT NULL,
  business_date date NOT NULL,
  published_at timestamptz NOT NULL,
  CONSTRAINT publication_pk PRIMARY KEY (id),
  CONSTRAINT publication_single CHECK (id = 1)
);
COMMENT ON TABLE ${etl}.publication IS 'At most one row: what the warehouse shows. Publishing locks it first; without it the views of bi are empty.';
COMMENT ON COLUMN ${etl}.publication.id IS 'Always 1';
COMMENT ON COLUMN ${etl}.publication.lake_id IS 'The lake that the star came from';
COMMENT ON COLUMN ${etl}.publication.commit_number IS 'The commit of that lake';
COMMENT ON COLUMN ${etl}.publication.run_id IS 'The run that published it';
COMMENT ON COLUMN ${etl}.publication.business_date IS 'The latest day in the commit';
COMMENT ON COLUMN ${etl}.publication.published_at IS 'When the publish transaction was about to commit, UTC';
