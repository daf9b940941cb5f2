-- The star of star-schema.yaml. Loadstar applies it with: loadstar db migrate
CREATE TABLE ${dw}.dim_customer (
  customer_key bigint NOT NULL PRIMARY KEY,
  customer_durable_key bigint NOT NULL,
  customer_id bigint,
  name varchar(255),
  email varchar(255),
  city varchar(255),
  valid_from timestamptz NOT NULL,
  valid_to timestamptz NOT NULL,
  is_current boolean NOT NULL,
  version integer NOT NULL,
  is_inferred boolean NOT NULL,
  is_deleted boolean NOT NULL,
  CONSTRAINT dim_customer_version UNIQUE (customer_id, valid_from)
);

CREATE TABLE ${dw}.dim_date (
  date_key bigint NOT NULL PRIMARY KEY,
  date date,
  year integer,
  quarter integer,
  month integer,
  month_name varchar(32),
  week_of_year integer,
  day_of_month integer,
  day_of_week integer,
  day_name varchar(32),
  is_weekend boolean,
  fiscal_year integer,
  fiscal_quarter integer
);

CREATE TABLE ${dw}.fact_orders (
  orders_key bigint NOT NULL PRIMARY KEY,
  order_id bigint NOT NULL,
  ordered_at timestamptz,
  customer_key bigint NOT NULL,
  date_key bigint NOT NULL,
  amount decimal(19,4),
  CONSTRAINT fact_orders_grain UNIQUE (order_id),
  CONSTRAINT fact_orders_customer FOREIGN KEY (customer_key) REFERENCES ${dw}.dim_customer (customer_key),
  CONSTRAINT fact_orders_date FOREIGN KEY (date_key) REFERENCES ${dw}.dim_date (date_key)
);
CREATE INDEX fact_orders_by_customer ON ${dw}.fact_orders (customer_key);
CREATE INDEX fact_orders_by_date ON ${dw}.fact_orders (date_key);

-- What analysts see; empty until something was published.
CREATE VIEW ${bi}.orders AS
SELECT f.* FROM ${dw}.fact_orders f WHERE EXISTS (SELECT 1 FROM ${etl}.publication);
CREATE VIEW ${bi}.customer_history AS
SELECT d.* FROM ${dw}.dim_customer d WHERE EXISTS (SELECT 1 FROM ${etl}.publication);
