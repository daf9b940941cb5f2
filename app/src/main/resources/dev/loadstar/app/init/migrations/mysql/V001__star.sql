-- The star of star-schema.yaml. Loadstar applies it with: loadstar db migrate
CREATE TABLE ${dw}.dim_customer (
  customer_key bigint NOT NULL PRIMARY KEY COMMENT 'Key of the version; negative for the special rows',
  customer_durable_key bigint NOT NULL COMMENT 'Key of the member, the same in all its versions',
  customer_id bigint COMMENT 'The shop''s number of the customer; null in special rows',
  name varchar(255) COMMENT 'Name, redacted',
  email varchar(255) COMMENT 'Keyed hash of the e-mail address, hex',
  city varchar(255) COMMENT 'City',
  valid_from DATETIME(6) NOT NULL COMMENT 'First instant of the version, UTC',
  valid_to DATETIME(6) NOT NULL COMMENT 'First instant after the version, UTC; 9999-12-31 while open',
  is_current boolean NOT NULL COMMENT 'Whether this is the version of today',
  version integer NOT NULL COMMENT 'From 1 within the member',
  is_inferred boolean NOT NULL COMMENT 'Named by a fact before the source told of it',
  is_deleted boolean NOT NULL COMMENT 'The source deleted the member',
  CONSTRAINT dim_customer_version UNIQUE (customer_id, valid_from)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
  COMMENT = 'Customers, one row per version.';

CREATE TABLE ${dw}.dim_date (
  date_key bigint NOT NULL PRIMARY KEY COMMENT 'yyyymmdd; negative for the special rows',
  date date COMMENT 'The day; null in special rows',
  year integer COMMENT 'Calendar year',
  quarter integer COMMENT '1 to 4',
  month integer COMMENT '1 to 12',
  month_name varchar(32) COMMENT 'In English',
  week_of_year integer COMMENT 'Week of the year, by the first day of the week that the project names',
  day_of_month integer COMMENT '1 to 31',
  day_of_week integer COMMENT '1 is the first day of the week that the project names',
  day_name varchar(32) COMMENT 'In English',
  is_weekend boolean COMMENT 'Saturday or Sunday',
  fiscal_year integer COMMENT 'Fiscal year',
  fiscal_quarter integer COMMENT '1 to 4'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
  COMMENT = 'Days.';

CREATE TABLE ${dw}.fact_orders (
  orders_key bigint NOT NULL PRIMARY KEY COMMENT 'Key of the order',
  order_id bigint NOT NULL COMMENT 'The shop''s number of the order',
  ordered_at DATETIME(6) COMMENT 'When it was ordered, UTC',
  customer_key bigint NOT NULL COMMENT 'Version of the customer at the time',
  date_key bigint NOT NULL COMMENT 'Day of the order',
  amount decimal(19,4) COMMENT 'Amount of the order',
  CONSTRAINT fact_orders_grain UNIQUE (order_id),
  CONSTRAINT fact_orders_customer FOREIGN KEY (customer_key) REFERENCES ${dw}.dim_customer (customer_key),
  CONSTRAINT fact_orders_date FOREIGN KEY (date_key) REFERENCES ${dw}.dim_date (date_key)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
  COMMENT = 'Orders.';
CREATE INDEX fact_orders_by_customer ON ${dw}.fact_orders (customer_key);
CREATE INDEX fact_orders_by_date ON ${dw}.fact_orders (date_key);

-- What analysts see; empty until something was published. MySQL keeps no comments on views.
-- One row per order.
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

-- One row per customer_key with the customer of its time.
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
