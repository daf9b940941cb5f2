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
COMMENT ON TABLE ${dw}.dim_customer IS 'Customers, one row per version.';
COMMENT ON COLUMN ${dw}.dim_customer.customer_key IS 'Key of the version; negative for the special rows';
COMMENT ON COLUMN ${dw}.dim_customer.customer_durable_key IS 'Key of the member, the same in all its versions';
COMMENT ON COLUMN ${dw}.dim_customer.customer_id IS 'The shop''s number of the customer; null in special rows';
COMMENT ON COLUMN ${dw}.dim_customer.name IS 'Name, redacted';
COMMENT ON COLUMN ${dw}.dim_customer.email IS 'Keyed hash of the e-mail address, hex';
COMMENT ON COLUMN ${dw}.dim_customer.city IS 'City';
COMMENT ON COLUMN ${dw}.dim_customer.valid_from IS 'First instant of the version, UTC';
COMMENT ON COLUMN ${dw}.dim_customer.valid_to IS 'First instant after the version, UTC; 9999-12-31 while open';
COMMENT ON COLUMN ${dw}.dim_customer.is_current IS 'Whether this is the version of today';
COMMENT ON COLUMN ${dw}.dim_customer.version IS 'From 1 within the member';
COMMENT ON COLUMN ${dw}.dim_customer.is_inferred IS 'Named by a fact before the source told of it';
COMMENT ON COLUMN ${dw}.dim_customer.is_deleted IS 'The source deleted the member';

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
COMMENT ON TABLE ${dw}.dim_date IS 'Days.';
COMMENT ON COLUMN ${dw}.dim_date.date_key IS 'yyyymmdd; negative for the special rows';
COMMENT ON COLUMN ${dw}.dim_date.date IS 'The day; null in special rows';
COMMENT ON COLUMN ${dw}.dim_date.year IS 'Calendar year';
COMMENT ON COLUMN ${dw}.dim_date.quarter IS '1 to 4';
COMMENT ON COLUMN ${dw}.dim_date.month IS '1 to 12';
COMMENT ON COLUMN ${dw}.dim_date.month_name IS 'In English';
COMMENT ON COLUMN ${dw}.dim_date.week_of_year IS 'Week of the year, by the first day of the week that the project names';
COMMENT ON COLUMN ${dw}.dim_date.day_of_month IS '1 to 31';
COMMENT ON COLUMN ${dw}.dim_date.day_of_week IS '1 is the first day of the week that the project names';
COMMENT ON COLUMN ${dw}.dim_date.day_name IS 'In English';
COMMENT ON COLUMN ${dw}.dim_date.is_weekend IS 'Saturday or Sunday';
COMMENT ON COLUMN ${dw}.dim_date.fiscal_year IS 'Fiscal year';
COMMENT ON COLUMN ${dw}.dim_date.fiscal_quarter IS '1 to 4';

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
COMMENT ON TABLE ${dw}.fact_orders IS 'Orders.';
COMMENT ON COLUMN ${dw}.fact_orders.orders_key IS 'Key of the order';
COMMENT ON COLUMN ${dw}.fact_orders.order_id IS 'The shop''s number of the order';
COMMENT ON COLUMN ${dw}.fact_orders.ordered_at IS 'When it was ordered, UTC';
COMMENT ON COLUMN ${dw}.fact_orders.customer_key IS 'Version of the customer at the time';
COMMENT ON COLUMN ${dw}.fact_orders.date_key IS 'Day of the order';
COMMENT ON COLUMN ${dw}.fact_orders.amount IS 'Amount of the order';

-- What analysts see; empty until something was published.
CREATE VIEW ${bi}.orders AS
SELECT
  f.orders_key,
  f.order_id,
  f.ordered_at,
  f.customer_key,
  f.date_key,
  f.amount
FROM ${dw}.fact_orders f
WHERE EXISTS (SELECT 1 FROM ${etl}.publication);
COMMENT ON VIEW ${bi}.orders IS 'One row per order.';
COMMENT ON COLUMN ${bi}.orders.orders_key IS 'Key of the order';
COMMENT ON COLUMN ${bi}.orders.order_id IS 'The shop''s number of the order';
COMMENT ON COLUMN ${bi}.orders.ordered_at IS 'When it was ordered, UTC';
COMMENT ON COLUMN ${bi}.orders.customer_key IS 'Version of the customer at the time';
COMMENT ON COLUMN ${bi}.orders.date_key IS 'Day of the order';
COMMENT ON COLUMN ${bi}.orders.amount IS 'Amount of the order';

CREATE VIEW ${bi}.customer_history AS
SELECT
  d.customer_key,
  d.customer_durable_key,
  d.customer_id,
  d.name,
  d.email,
  d.city,
  d.valid_from,
  d.valid_to,
  d.is_current,
  d.version,
  d.is_inferred,
  d.is_deleted
FROM ${dw}.dim_customer d
WHERE EXISTS (SELECT 1 FROM ${etl}.publication);
COMMENT ON VIEW ${bi}.customer_history IS 'One row per customer_key with the customer of its time.';
COMMENT ON COLUMN ${bi}.customer_history.customer_key IS 'Key of the version; negative for the special rows';
COMMENT ON COLUMN ${bi}.customer_history.customer_durable_key IS 'Key of the member, the same in all its versions';
COMMENT ON COLUMN ${bi}.customer_history.customer_id IS 'The shop''s number of the customer; null in special rows';
COMMENT ON COLUMN ${bi}.customer_history.name IS 'Name, redacted';
COMMENT ON COLUMN ${bi}.customer_history.email IS 'Keyed hash of the e-mail address, hex';
COMMENT ON COLUMN ${bi}.customer_history.city IS 'City';
COMMENT ON COLUMN ${bi}.customer_history.valid_from IS 'First instant of the version, UTC';
COMMENT ON COLUMN ${bi}.customer_history.valid_to IS 'First instant after the version, UTC; 9999-12-31 while open';
COMMENT ON COLUMN ${bi}.customer_history.is_current IS 'Whether this is the version of today';
COMMENT ON COLUMN ${bi}.customer_history.version IS 'From 1 within the member';
COMMENT ON COLUMN ${bi}.customer_history.is_inferred IS 'Named by a fact before the source told of it';
COMMENT ON COLUMN ${bi}.customer_history.is_deleted IS 'The source deleted the member';
