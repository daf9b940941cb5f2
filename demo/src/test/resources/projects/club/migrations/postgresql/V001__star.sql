CREATE TABLE ${dw}.dim_person (
  person_key BIGINT NOT NULL,
  person_durable_key BIGINT NOT NULL,
  person_id BIGINT,
  name VARCHAR(20),
  city VARCHAR(20),
  valid_from TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  valid_to TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  is_current BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  is_inferred BOOLEAN NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  PRIMARY KEY (person_key),
  CONSTRAINT dim_person_version UNIQUE (person_id, valid_from)
);

CREATE TABLE ${dw}.fact_visits (
  visits_key BIGINT NOT NULL,
  visit_id BIGINT NOT NULL,
  line_number INTEGER NOT NULL,
  at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  person_key BIGINT NOT NULL,
  quantity INTEGER NOT NULL,
  PRIMARY KEY (visits_key),
  CONSTRAINT fact_visits_grain UNIQUE (visit_id, line_number),
  CONSTRAINT fact_visits_person_fk FOREIGN KEY (person_key) REFERENCES ${dw}.dim_person (person_key)
);
CREATE INDEX fact_visits_person ON ${dw}.fact_visits (person_key);
