-- What ran, what it counted and what the warehouse shows now. Databases exist already.

CREATE TABLE ${etl}.run (
  run_id VARCHAR(64) NOT NULL COMMENT 'The run: the business date unless named otherwise',
  attempt INT NOT NULL COMMENT 'From 1 within the run',
  business_date DATE NOT NULL COMMENT 'The day that the run was for',
  started_at DATETIME(6) NOT NULL COMMENT 'When the attempt began, UTC',
  published_at DATETIME(6) NOT NULL COMMENT 'When the publish transaction was about to commit, UTC',
  lake_id VARCHAR(64) NOT NULL COMMENT 'The lake that was published',
  commit_number BIGINT NOT NULL COMMENT 'The commit that the warehouse showed afterwards',
  CONSTRAINT run_pk PRIMARY KEY (run_id, attempt)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
  COMMENT = 'One row per attempt of a run that published.';

CREATE TABLE ${etl}.load (
  lake_id VARCHAR(64) NOT NULL COMMENT 'The lake',
  commit_number BIGINT NOT NULL COMMENT 'The commit',
  entity VARCHAR(255) NOT NULL COMMENT 'source.entity',
  load_number BIGINT NOT NULL COMMENT 'The last load of the entity that the commit holds',
  run_id VARCHAR(64) NOT NULL COMMENT 'The run that published it',
  CONSTRAINT load_pk PRIMARY KEY (lake_id, commit_number, entity)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
  COMMENT = 'Per published commit, the newest load of each entity in it.';

CREATE TABLE ${etl}.balance (
  run_id VARCHAR(64) NOT NULL COMMENT 'The run',
  attempt INT NOT NULL COMMENT 'The attempt',
  step VARCHAR(32) NOT NULL COMMENT 'ingest, transform, build or load',
  subject VARCHAR(255) NOT NULL COMMENT 'Entity or table',
  rows_read BIGINT NOT NULL COMMENT 'Rows taken in',
  released BIGINT NOT NULL COMMENT 'Rows that waited before and no longer do',
  passed BIGINT NOT NULL COMMENT 'Rows that changed what the hop writes',
  unchanged BIGINT NOT NULL COMMENT 'Rows that said what was known already',
  deduplicated BIGINT NOT NULL COMMENT 'Repeats and rows overtaken within the hop',
  filtered BIGINT NOT NULL COMMENT 'Rows left out by a declared rule',
  quarantined BIGINT NOT NULL COMMENT 'Rejected rows',
  waiting BIGINT NOT NULL COMMENT 'Rows whose header has not come',
  CONSTRAINT balance_pk PRIMARY KEY (run_id, attempt, step, subject)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
  COMMENT = 'Where the rows of each hop went: rows_read + released = passed + unchanged + deduplicated + filtered + quarantined + waiting.';

CREATE TABLE ${etl}.quality_result (
  run_id VARCHAR(64) NOT NULL COMMENT 'The run',
  attempt INT NOT NULL COMMENT 'The attempt',
  position INT NOT NULL COMMENT 'Order of the verdict within the attempt',
  subject VARCHAR(255) NOT NULL COMMENT 'Table or entity',
  rule_name VARCHAR(1000) NOT NULL COMMENT 'The rule as written',
  severity VARCHAR(16) NOT NULL COMMENT 'ERROR or WARN',
  passed BOOLEAN NOT NULL COMMENT 'Whether the rule held',
  expected VARCHAR(1000) NOT NULL COMMENT 'The bound in words',
  found VARCHAR(1000) NOT NULL COMMENT 'The measured figure in words',
  CONSTRAINT quality_result_pk PRIMARY KEY (run_id, attempt, position)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
  COMMENT = 'Verdicts of the quality rules on what was published.';

CREATE TABLE ${etl}.publication (
  id INT NOT NULL COMMENT 'Always 1',
  lake_id VARCHAR(64) NOT NULL COMMENT 'The lake that the star came from',
  commit_number BIGINT NOT NULL COMMENT 'The commit of that lake',
  run_id VARCHAR(64) NOT NULL COMMENT 'The run that published it',
  business_date DATE NOT NULL COMMENT 'The latest day in the commit',
  published_at DATETIME(6) NOT NULL COMMENT 'When the publish transaction was about to commit, UTC',
  CONSTRAINT publication_pk PRIMARY KEY (id),
  CONSTRAINT publication_single CHECK (id = 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
  COMMENT = 'At most one row: what the warehouse shows. Publishing locks it first; without it the views of bi are empty.';
