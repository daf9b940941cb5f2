CREATE TABLE ${dw}.dim_client (
  client_key BIGINT PRIMARY KEY,
  client_durable_key BIGINT NOT NULL,
  client_id INTEGER,
  firm VARCHAR(100),
  contact VARCHAR(100),
  phone VARCHAR(50),
  town VARCHAR(100),
  province VARCHAR(100),
  land VARCHAR(100),
  valid_from TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  valid_to TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  is_current BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  is_inferred BOOLEAN NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  CONSTRAINT dim_client_version UNIQUE (client_id, valid_from)
);

CREATE TABLE ${dw}.dim_article (
  article_key BIGINT PRIMARY KEY,
  article_durable_key BIGINT NOT NULL,
  article_id INTEGER,
  title VARCHAR(100),
  shelf VARCHAR(100),
  price DECIMAL(10, 2),
  valid_from TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  valid_to TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  is_current BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  is_inferred BOOLEAN NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  CONSTRAINT dim_article_version UNIQUE (article_id, valid_from)
);

CREATE TABLE ${dw}.dim_date (
  date_key BIGINT PRIMARY KEY,
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
  fiscal_quarter INTEGER
);

CREATE TABLE ${dw}.fact_sales (
  sales_key BIGINT PRIMARY KEY,
  receipt_id INTEGER NOT NULL,
  line_no INTEGER NOT NULL,
  sold_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  client_key BIGINT NOT NULL REFERENCES ${dw}.dim_client,
  article_key BIGINT NOT NULL REFERENCES ${dw}.dim_article,
  date_key BIGINT NOT NULL REFERENCES ${dw}.dim_date,
  pieces INTEGER NOT NULL,
  price DECIMAL(19, 4) NOT NULL,
  gross DECIMAL(19, 4) NOT NULL,
  rebate_amount DECIMAL(19, 4) NOT NULL,
  net DECIMAL(19, 4) NOT NULL,
  CONSTRAINT fact_sales_grain UNIQUE (receipt_id, line_no)
);

CREATE INDEX fact_sales_client ON ${dw}.fact_sales (client_key);
CREATE INDEX fact_sales_article ON ${dw}.fact_sales (article_key);
CREATE INDEX fact_sales_date ON ${dw}.fact_sales (date_key);
