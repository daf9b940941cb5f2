CREATE TABLE ${dw}.dim_reader (
  reader_key BIGINT NOT NULL,
  reader_durable_key BIGINT NOT NULL,
  code VARCHAR(20),
  name VARCHAR(20),
  age BIGINT,
  valid_from TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  valid_to TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  is_current BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  is_inferred BOOLEAN NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  PRIMARY KEY (reader_key),
  CONSTRAINT dim_reader_version UNIQUE (code, valid_from)
);

CREATE TABLE ${dw}.fact_events (
  events_key BIGINT NOT NULL,
  kind VARCHAR(20) NOT NULL,
  number BIGINT NOT NULL,
  at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  reader_key BIGINT NOT NULL,
  quantity INTEGER NOT NULL,
  PRIMARY KEY (events_key),
  CONSTRAINT fact_events_grain UNIQUE (kind, number),
  CONSTRAINT fact_events_reader_fk FOREIGN KEY (reader_key) REFERENCES ${dw}.dim_reader (reader_key)
);
CREATE INDEX fact_events_reader ON ${dw}.fact_events (reader_key);
