CREATE TABLE ${dw}.dim_reader (
  reader_key BIGINT NOT NULL,
  reader_durable_key BIGINT NOT NULL,
  reader_id BIGINT,
  name VARCHAR(80),
  street VARCHAR(80),
  branch VARCHAR(20),
  valid_from TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  valid_to TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  is_current BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  is_inferred BOOLEAN NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  PRIMARY KEY (reader_key),
  CONSTRAINT dim_reader_version UNIQUE (reader_id, valid_from)
);

CREATE TABLE ${dw}.dim_date (
  date_key BIGINT NOT NULL,
  date DATE,
  year INTEGER,
  quarter INTEGER,
  month INTEGER,
  month_name VARCHAR(20),
  week_of_year INTEGER,
  day_of_month INTEGER,
  day_of_week INTEGER,
  day_name VARCHAR(20),
  is_weekend BOOLEAN,
  fiscal_year INTEGER,
  fiscal_quarter INTEGER,
  PRIMARY KEY (date_key)
);

CREATE TABLE ${dw}.fact_loans (
  loans_key BIGINT NOT NULL,
  loan_id BIGINT NOT NULL,
  line_number INTEGER NOT NULL,
  lent_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  reader_key BIGINT NOT NULL,
  date_key BIGINT NOT NULL,
  days INTEGER NOT NULL,
  PRIMARY KEY (loans_key),
  CONSTRAINT fact_loans_grain UNIQUE (loan_id, line_number),
  CONSTRAINT fact_loans_reader_fk FOREIGN KEY (reader_key) REFERENCES ${dw}.dim_reader (reader_key),
  CONSTRAINT fact_loans_date_fk FOREIGN KEY (date_key) REFERENCES ${dw}.dim_date (date_key)
);
CREATE INDEX fact_loans_reader ON ${dw}.fact_loans (reader_key);
CREATE INDEX fact_loans_date ON ${dw}.fact_loans (date_key);
