CREATE TABLE ${dw}.dim_reader (
  reader_key BIGINT NOT NULL,
  reader_durable_key BIGINT NOT NULL,
  code VARCHAR(20),
  name VARCHAR(20),
  age BIGINT,
  valid_from DATETIME(6) NOT NULL,
  valid_to DATETIME(6) NOT NULL,
  is_current BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  is_inferred BOOLEAN NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  PRIMARY KEY (reader_key),
  CONSTRAINT dim_reader_version UNIQUE (code, valid_from)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE ${dw}.fact_events (
  events_key BIGINT NOT NULL,
  kind VARCHAR(20) NOT NULL,
  number BIGINT NOT NULL,
  at DATETIME(6) NOT NULL,
  reader_key BIGINT NOT NULL,
  quantity INTEGER NOT NULL,
  PRIMARY KEY (events_key),
  CONSTRAINT fact_events_grain UNIQUE (kind, number),
  INDEX fact_events_reader (reader_key),
  CONSTRAINT fact_events_reader_fk FOREIGN KEY (reader_key) REFERENCES ${dw}.dim_reader (reader_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
