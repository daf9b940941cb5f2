CREATE TABLE ${dw}.dim_person (
  person_key BIGINT NOT NULL,
  person_durable_key BIGINT NOT NULL,
  person_id BIGINT,
  name VARCHAR(20),
  city VARCHAR(20),
  valid_from DATETIME(6) NOT NULL,
  valid_to DATETIME(6) NOT NULL,
  is_current BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  is_inferred BOOLEAN NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  PRIMARY KEY (person_key),
  CONSTRAINT dim_person_version UNIQUE (person_id, valid_from)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE ${dw}.fact_visits (
  visits_key BIGINT NOT NULL,
  visit_id BIGINT NOT NULL,
  line_number INTEGER NOT NULL,
  at DATETIME(6) NOT NULL,
  person_key BIGINT NOT NULL,
  quantity INTEGER NOT NULL,
  PRIMARY KEY (visits_key),
  CONSTRAINT fact_visits_grain UNIQUE (visit_id, line_number),
  INDEX fact_visits_person (person_key),
  CONSTRAINT fact_visits_person_fk FOREIGN KEY (person_key) REFERENCES ${dw}.dim_person (person_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
