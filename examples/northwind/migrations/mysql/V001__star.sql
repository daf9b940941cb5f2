-- The Northwind star. Placeholders: ${dw} tables, ${bi} views, ${etl} the ledger that Loadstar brings itself.

CREATE TABLE ${dw}.dim_customer (
  customer_key BIGINT NOT NULL COMMENT 'Key of this version; -1 unknown, -2 not applicable.',
  customer_durable_key BIGINT NOT NULL COMMENT 'Key of the member across its versions.',
  customer_id VARCHAR(5) COMMENT 'Key of the customer in Northwind.',
  company_name VARCHAR(100) COMMENT 'Name of the company today.',
  contact_name VARCHAR(100) COMMENT 'Contact person, redacted.',
  contact_title VARCHAR(100) COMMENT 'What the contact person does, today.',
  phone VARCHAR(50) COMMENT 'Phone number today; only its last four digits are shown.',
  city VARCHAR(100) COMMENT 'City at the time of this version.',
  region VARCHAR(100) COMMENT 'Region at the time of this version.',
  country VARCHAR(100) COMMENT 'Country at the time of this version.',
  valid_from DATETIME(6) NOT NULL COMMENT 'When this version begins, UTC.',
  valid_to DATETIME(6) NOT NULL COMMENT 'When this version ends, UTC, exclusive; 9999-12-31 while it is open.',
  is_current BOOLEAN NOT NULL COMMENT 'Whether this is the version of today.',
  version INTEGER NOT NULL COMMENT 'Number of the version within its member, from 1.',
  is_inferred BOOLEAN NOT NULL COMMENT 'Whether only facts have named this member so far.',
  is_deleted BOOLEAN NOT NULL COMMENT 'Whether the source has deleted this member.',
  PRIMARY KEY (customer_key),
  CONSTRAINT dim_customer_version UNIQUE (customer_id, valid_from),
  INDEX dim_customer_member (customer_durable_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='A company that buys. One row per version.';

CREATE TABLE ${dw}.dim_product (
  product_key BIGINT NOT NULL COMMENT 'Key of this version; -1 unknown, -2 not applicable.',
  product_durable_key BIGINT NOT NULL COMMENT 'Key of the member across its versions.',
  product_id INTEGER COMMENT 'Key of the product in Northwind.',
  product_name VARCHAR(100) COMMENT 'Name today.',
  quantity_per_unit VARCHAR(100) COMMENT 'How it is packed, today.',
  discontinued INTEGER COMMENT '1 when it is no longer sold, today.',
  category_name VARCHAR(100) COMMENT 'Category today.',
  company_name VARCHAR(100) COMMENT 'Company name of the supplier, today.',
  unit_price DECIMAL(10,4) COMMENT 'List price at the time of this version, in US dollars.',
  valid_from DATETIME(6) NOT NULL COMMENT 'When this version begins, UTC.',
  valid_to DATETIME(6) NOT NULL COMMENT 'When this version ends, UTC, exclusive; 9999-12-31 while it is open.',
  is_current BOOLEAN NOT NULL COMMENT 'Whether this is the version of today.',
  version INTEGER NOT NULL COMMENT 'Number of the version within its member, from 1.',
  is_inferred BOOLEAN NOT NULL COMMENT 'Whether only facts have named this member so far.',
  is_deleted BOOLEAN NOT NULL COMMENT 'Whether the source has deleted this member.',
  PRIMARY KEY (product_key),
  CONSTRAINT dim_product_version UNIQUE (product_id, valid_from),
  INDEX dim_product_member (product_durable_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='A product with its category and supplier. One row per version.';

CREATE TABLE ${dw}.dim_employee (
  employee_key BIGINT NOT NULL COMMENT 'Key of this version; -1 unknown, -2 not applicable.',
  employee_durable_key BIGINT NOT NULL COMMENT 'Key of the member across its versions.',
  employee_id INTEGER COMMENT 'Key of the employee in Northwind.',
  last_name VARCHAR(100) COMMENT 'Last name, redacted.',
  first_name VARCHAR(100) COMMENT 'First name, redacted.',
  title VARCHAR(100) COMMENT 'Job title today.',
  hire_date DATE COMMENT 'First day of work.',
  birth_date DATE COMMENT 'First of January of the year of birth.',
  city VARCHAR(100) COMMENT 'City at the time of this version.',
  country VARCHAR(100) COMMENT 'Country at the time of this version.',
  valid_from DATETIME(6) NOT NULL COMMENT 'When this version begins, UTC.',
  valid_to DATETIME(6) NOT NULL COMMENT 'When this version ends, UTC, exclusive; 9999-12-31 while it is open.',
  is_current BOOLEAN NOT NULL COMMENT 'Whether this is the version of today.',
  version INTEGER NOT NULL COMMENT 'Number of the version within its member, from 1.',
  is_inferred BOOLEAN NOT NULL COMMENT 'Whether only facts have named this member so far.',
  is_deleted BOOLEAN NOT NULL COMMENT 'Whether the source has deleted this member.',
  PRIMARY KEY (employee_key),
  CONSTRAINT dim_employee_version UNIQUE (employee_id, valid_from),
  INDEX dim_employee_member (employee_durable_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='A person who sells. One row per version.';

CREATE TABLE ${dw}.dim_shipper (
  shipper_key BIGINT NOT NULL COMMENT 'Key of this version; -1 unknown, -2 not applicable.',
  shipper_durable_key BIGINT NOT NULL COMMENT 'Key of the member across its versions.',
  shipper_id INTEGER COMMENT 'Key of the shipper in Northwind.',
  company_name VARCHAR(100) COMMENT 'Name of the company today.',
  phone VARCHAR(50) COMMENT 'Phone number today; only its last four digits are shown.',
  valid_from DATETIME(6) NOT NULL COMMENT 'When this version begins, UTC.',
  valid_to DATETIME(6) NOT NULL COMMENT 'When this version ends, UTC, exclusive; 9999-12-31 while it is open.',
  is_current BOOLEAN NOT NULL COMMENT 'Whether this is the version of today.',
  version INTEGER NOT NULL COMMENT 'Number of the version within its member, from 1.',
  is_inferred BOOLEAN NOT NULL COMMENT 'Whether only facts have named this member so far.',
  is_deleted BOOLEAN NOT NULL COMMENT 'Whether the source has deleted this member.',
  PRIMARY KEY (shipper_key),
  CONSTRAINT dim_shipper_version UNIQUE (shipper_id, valid_from),
  INDEX dim_shipper_member (shipper_durable_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='A company that carries goods.';

CREATE TABLE ${dw}.dim_date (
  date_key BIGINT NOT NULL COMMENT 'yyyymmdd; -1 unknown, -2 not applicable.',
  date DATE COMMENT 'The day; null in the special rows.',
  year INTEGER COMMENT 'Calendar year.',
  quarter INTEGER COMMENT 'Quarter, 1 to 4.',
  month INTEGER COMMENT 'Month, 1 to 12.',
  month_name VARCHAR(20) COMMENT 'Month in English.',
  week_of_year INTEGER COMMENT 'Week of the year by ISO 8601.',
  day_of_month INTEGER COMMENT 'Day of the month, 1 to 31.',
  day_of_week INTEGER COMMENT 'Day of the week, 1 to 7 from Monday.',
  day_name VARCHAR(20) COMMENT 'Day of the week in English.',
  is_weekend BOOLEAN COMMENT 'Whether it is a Saturday or Sunday.',
  fiscal_year INTEGER COMMENT 'Fiscal year.',
  fiscal_quarter INTEGER COMMENT 'Quarter of the fiscal year, 1 to 4.',
  PRIMARY KEY (date_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='The calendar. One row per day.';

CREATE TABLE ${dw}.fact_sales (
  sales_key BIGINT NOT NULL COMMENT 'Key of the fact.',
  order_id INTEGER NOT NULL COMMENT 'Order number in Northwind.',
  product_id INTEGER NOT NULL COMMENT 'Product of the line: an order names each once.',
  ordered_at DATETIME(6) NOT NULL COMMENT 'Day of the order, midnight UTC.',
  date_key BIGINT NOT NULL COMMENT 'Day of the order.',
  customer_key BIGINT NOT NULL COMMENT 'Version of the customer at that time.',
  product_key BIGINT NOT NULL COMMENT 'Version of the product at that time.',
  employee_key BIGINT NOT NULL COMMENT 'Version of the employee at that time.',
  shipper_key BIGINT NOT NULL COMMENT 'Version of the shipper at that time.',
  quantity INTEGER NOT NULL COMMENT 'Units sold.',
  unit_price DECIMAL(19,4) NOT NULL COMMENT 'Price of one unit, in US dollars.',
  gross_amount DECIMAL(19,4) NOT NULL COMMENT 'Quantity times unit price.',
  discount_amount DECIMAL(19,4) NOT NULL COMMENT 'Discount on the line.',
  net_amount DECIMAL(19,4) NOT NULL COMMENT 'Gross amount less discount.',
  PRIMARY KEY (sales_key),
  CONSTRAINT fact_sales_grain UNIQUE (order_id, product_id),
  INDEX fact_sales_date (date_key),
  INDEX fact_sales_customer (customer_key),
  INDEX fact_sales_product (product_key),
  INDEX fact_sales_employee (employee_key),
  INDEX fact_sales_shipper (shipper_key),
  CONSTRAINT fact_sales_date_fk FOREIGN KEY (date_key) REFERENCES ${dw}.dim_date (date_key),
  CONSTRAINT fact_sales_customer_fk FOREIGN KEY (customer_key) REFERENCES ${dw}.dim_customer (customer_key),
  CONSTRAINT fact_sales_product_fk FOREIGN KEY (product_key) REFERENCES ${dw}.dim_product (product_key),
  CONSTRAINT fact_sales_employee_fk FOREIGN KEY (employee_key) REFERENCES ${dw}.dim_employee (employee_key),
  CONSTRAINT fact_sales_shipper_fk FOREIGN KEY (shipper_key) REFERENCES ${dw}.dim_shipper (shipper_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='One row per order line.';

-- One row per order line. Empty until something was published.
CREATE VIEW ${bi}.sales AS
SELECT f.order_id,
  f.product_id,
  f.ordered_at,
  f.date_key,
  f.customer_key,
  f.product_key,
  f.employee_key,
  f.shipper_key,
  f.quantity,
  f.unit_price,
  f.gross_amount,
  f.discount_amount,
  f.net_amount
FROM ${dw}.fact_sales f
WHERE EXISTS (SELECT 1 FROM ${etl}.publication);

-- One row per key that sales may name, with the attributes of today.
CREATE VIEW ${bi}.customer AS
SELECT h.customer_key,
  h.customer_id,
  c.company_name,
  c.contact_name,
  c.contact_title,
  c.phone,
  c.city,
  c.region,
  c.country
FROM ${dw}.dim_customer h
JOIN ${dw}.dim_customer c
  ON c.customer_durable_key = h.customer_durable_key
  AND c.version = (
    SELECT MAX(l.version) FROM ${dw}.dim_customer l WHERE l.customer_durable_key = h.customer_durable_key)
WHERE EXISTS (SELECT 1 FROM ${etl}.publication);

-- One row per key that sales may name, with the attributes of its time.
CREATE VIEW ${bi}.customer_history AS
SELECT h.customer_key,
  h.customer_id,
  h.company_name,
  h.contact_name,
  h.contact_title,
  h.phone,
  h.city,
  h.region,
  h.country,
  h.valid_from,
  h.valid_to,
  h.is_current
FROM ${dw}.dim_customer h
WHERE EXISTS (SELECT 1 FROM ${etl}.publication);

-- One row per key that sales may name, with the attributes of today.
CREATE VIEW ${bi}.product AS
SELECT h.product_key,
  h.product_id,
  c.product_name,
  c.quantity_per_unit,
  c.discontinued,
  c.category_name,
  c.company_name AS supplier_name,
  c.unit_price AS list_price
FROM ${dw}.dim_product h
JOIN ${dw}.dim_product c
  ON c.product_durable_key = h.product_durable_key
  AND c.version = (
    SELECT MAX(l.version) FROM ${dw}.dim_product l WHERE l.product_durable_key = h.product_durable_key)
WHERE EXISTS (SELECT 1 FROM ${etl}.publication);

-- One row per key that sales may name, with the attributes of its time.
CREATE VIEW ${bi}.product_history AS
SELECT h.product_key,
  h.product_id,
  h.product_name,
  h.quantity_per_unit,
  h.discontinued,
  h.category_name,
  h.company_name AS supplier_name,
  h.unit_price AS list_price,
  h.valid_from,
  h.valid_to,
  h.is_current
FROM ${dw}.dim_product h
WHERE EXISTS (SELECT 1 FROM ${etl}.publication);

-- One row per key that sales may name, with the attributes of today.
CREATE VIEW ${bi}.employee AS
SELECT h.employee_key,
  h.employee_id,
  c.last_name,
  c.first_name,
  c.title,
  c.hire_date,
  c.birth_date,
  c.city,
  c.country
FROM ${dw}.dim_employee h
JOIN ${dw}.dim_employee c
  ON c.employee_durable_key = h.employee_durable_key
  AND c.version = (
    SELECT MAX(l.version) FROM ${dw}.dim_employee l WHERE l.employee_durable_key = h.employee_durable_key)
WHERE EXISTS (SELECT 1 FROM ${etl}.publication);

-- One row per key that sales may name, with the attributes of its time.
CREATE VIEW ${bi}.employee_history AS
SELECT h.employee_key,
  h.employee_id,
  h.last_name,
  h.first_name,
  h.title,
  h.hire_date,
  h.birth_date,
  h.city,
  h.country,
  h.valid_from,
  h.valid_to,
  h.is_current
FROM ${dw}.dim_employee h
WHERE EXISTS (SELECT 1 FROM ${etl}.publication);

-- One row per key that sales may name, with the attributes of today.
CREATE VIEW ${bi}.shipper AS
SELECT h.shipper_key,
  h.shipper_id,
  c.company_name,
  c.phone
FROM ${dw}.dim_shipper h
JOIN ${dw}.dim_shipper c
  ON c.shipper_durable_key = h.shipper_durable_key
  AND c.version = (
    SELECT MAX(l.version) FROM ${dw}.dim_shipper l WHERE l.shipper_durable_key = h.shipper_durable_key)
WHERE EXISTS (SELECT 1 FROM ${etl}.publication);

-- One row per day, without special rows.
CREATE VIEW ${bi}.date AS
SELECT d.date_key,
  d.date,
  d.year,
  d.quarter,
  d.month,
  d.month_name,
  d.week_of_year,
  d.day_of_month,
  d.day_of_week,
  d.day_name,
  d.is_weekend,
  d.fiscal_year,
  d.fiscal_quarter
FROM ${dw}.dim_date d
WHERE d.date_key > 0 AND EXISTS (SELECT 1 FROM ${etl}.publication);
