-- The Northwind star. Placeholders: ${dw} tables, ${bi} views, ${etl} the ledger that Loadstar brings itself.

CREATE TABLE ${dw}.dim_customer (
  customer_key BIGINT NOT NULL,
  customer_durable_key BIGINT NOT NULL,
  customer_id VARCHAR(5),
  company_name VARCHAR(100),
  contact_name VARCHAR(100),
  contact_title VARCHAR(100),
  phone VARCHAR(50),
  city VARCHAR(100),
  region VARCHAR(100),
  country VARCHAR(100),
  valid_from TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  valid_to TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  is_current BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  is_inferred BOOLEAN NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  PRIMARY KEY (customer_key),
  CONSTRAINT dim_customer_version UNIQUE (customer_id, valid_from)
);
COMMENT ON TABLE ${dw}.dim_customer IS 'A company that buys. One row per version.';
COMMENT ON COLUMN ${dw}.dim_customer.customer_key IS 'Key of this version; -1 unknown, -2 not applicable.';
COMMENT ON COLUMN ${dw}.dim_customer.customer_durable_key IS 'Key of the member across its versions.';
COMMENT ON COLUMN ${dw}.dim_customer.customer_id IS 'Key of the customer in Northwind.';
COMMENT ON COLUMN ${dw}.dim_customer.company_name IS 'Name of the company today.';
COMMENT ON COLUMN ${dw}.dim_customer.contact_name IS 'Contact person, redacted.';
COMMENT ON COLUMN ${dw}.dim_customer.contact_title IS 'What the contact person does, today.';
COMMENT ON COLUMN ${dw}.dim_customer.phone IS 'Phone number today; only its last four digits are shown.';
COMMENT ON COLUMN ${dw}.dim_customer.city IS 'City at the time of this version.';
COMMENT ON COLUMN ${dw}.dim_customer.region IS 'Region at the time of this version.';
COMMENT ON COLUMN ${dw}.dim_customer.country IS 'Country at the time of this version.';
COMMENT ON COLUMN ${dw}.dim_customer.valid_from IS 'When this version begins, UTC.';
COMMENT ON COLUMN ${dw}.dim_customer.valid_to IS 'When this version ends, UTC, exclusive; 9999-12-31 while it is open.';
COMMENT ON COLUMN ${dw}.dim_customer.is_current IS 'Whether this is the version of today.';
COMMENT ON COLUMN ${dw}.dim_customer.version IS 'Number of the version within its member, from 1.';
COMMENT ON COLUMN ${dw}.dim_customer.is_inferred IS 'Whether only facts have named this member so far.';
COMMENT ON COLUMN ${dw}.dim_customer.is_deleted IS 'Whether the source has deleted this member.';
CREATE INDEX dim_customer_member ON ${dw}.dim_customer (customer_durable_key);

CREATE TABLE ${dw}.dim_product (
  product_key BIGINT NOT NULL,
  product_durable_key BIGINT NOT NULL,
  product_id INTEGER,
  product_name VARCHAR(100),
  quantity_per_unit VARCHAR(100),
  discontinued INTEGER,
  category_name VARCHAR(100),
  company_name VARCHAR(100),
  unit_price DECIMAL(10,4),
  valid_from TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  valid_to TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  is_current BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  is_inferred BOOLEAN NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  PRIMARY KEY (product_key),
  CONSTRAINT dim_product_version UNIQUE (product_id, valid_from)
);
COMMENT ON TABLE ${dw}.dim_product IS 'A product with its category and supplier. One row per version.';
COMMENT ON COLUMN ${dw}.dim_product.product_key IS 'Key of this version; -1 unknown, -2 not applicable.';
COMMENT ON COLUMN ${dw}.dim_product.product_durable_key IS 'Key of the member across its versions.';
COMMENT ON COLUMN ${dw}.dim_product.product_id IS 'Key of the product in Northwind.';
COMMENT ON COLUMN ${dw}.dim_product.product_name IS 'Name today.';
COMMENT ON COLUMN ${dw}.dim_product.quantity_per_unit IS 'How it is packed, today.';
COMMENT ON COLUMN ${dw}.dim_product.discontinued IS '1 when it is no longer sold, today.';
COMMENT ON COLUMN ${dw}.dim_product.category_name IS 'Category today.';
COMMENT ON COLUMN ${dw}.dim_product.company_name IS 'Company name of the supplier, today.';
COMMENT ON COLUMN ${dw}.dim_product.unit_price IS 'List price at the time of this version, in US dollars.';
COMMENT ON COLUMN ${dw}.dim_product.valid_from IS 'When this version begins, UTC.';
COMMENT ON COLUMN ${dw}.dim_product.valid_to IS 'When this version ends, UTC, exclusive; 9999-12-31 while it is open.';
COMMENT ON COLUMN ${dw}.dim_product.is_current IS 'Whether this is the version of today.';
COMMENT ON COLUMN ${dw}.dim_product.version IS 'Number of the version within its member, from 1.';
COMMENT ON COLUMN ${dw}.dim_product.is_inferred IS 'Whether only facts have named this member so far.';
COMMENT ON COLUMN ${dw}.dim_product.is_deleted IS 'Whether the source has deleted this member.';
CREATE INDEX dim_product_member ON ${dw}.dim_product (product_durable_key);

CREATE TABLE ${dw}.dim_employee (
  employee_key BIGINT NOT NULL,
  employee_durable_key BIGINT NOT NULL,
  employee_id INTEGER,
  last_name VARCHAR(100),
  first_name VARCHAR(100),
  title VARCHAR(100),
  hire_date DATE,
  birth_date DATE,
  city VARCHAR(100),
  country VARCHAR(100),
  valid_from TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  valid_to TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  is_current BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  is_inferred BOOLEAN NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  PRIMARY KEY (employee_key),
  CONSTRAINT dim_employee_version UNIQUE (employee_id, valid_from)
);
COMMENT ON TABLE ${dw}.dim_employee IS 'A person who sells. One row per version.';
COMMENT ON COLUMN ${dw}.dim_employee.employee_key IS 'Key of this version; -1 unknown, -2 not applicable.';
COMMENT ON COLUMN ${dw}.dim_employee.employee_durable_key IS 'Key of the member across its versions.';
COMMENT ON COLUMN ${dw}.dim_employee.employee_id IS 'Key of the employee in Northwind.';
COMMENT ON COLUMN ${dw}.dim_employee.last_name IS 'Last name, redacted.';
COMMENT ON COLUMN ${dw}.dim_employee.first_name IS 'First name, redacted.';
COMMENT ON COLUMN ${dw}.dim_employee.title IS 'Job title today.';
COMMENT ON COLUMN ${dw}.dim_employee.hire_date IS 'First day of work.';
COMMENT ON COLUMN ${dw}.dim_employee.birth_date IS 'First of January of the year of birth.';
COMMENT ON COLUMN ${dw}.dim_employee.city IS 'City at the time of this version.';
COMMENT ON COLUMN ${dw}.dim_employee.country IS 'Country at the time of this version.';
COMMENT ON COLUMN ${dw}.dim_employee.valid_from IS 'When this version begins, UTC.';
COMMENT ON COLUMN ${dw}.dim_employee.valid_to IS 'When this version ends, UTC, exclusive; 9999-12-31 while it is open.';
COMMENT ON COLUMN ${dw}.dim_employee.is_current IS 'Whether this is the version of today.';
COMMENT ON COLUMN ${dw}.dim_employee.version IS 'Number of the version within its member, from 1.';
COMMENT ON COLUMN ${dw}.dim_employee.is_inferred IS 'Whether only facts have named this member so far.';
COMMENT ON COLUMN ${dw}.dim_employee.is_deleted IS 'Whether the source has deleted this member.';
CREATE INDEX dim_employee_member ON ${dw}.dim_employee (employee_durable_key);

CREATE TABLE ${dw}.dim_shipper (
  shipper_key BIGINT NOT NULL,
  shipper_durable_key BIGINT NOT NULL,
  shipper_id INTEGER,
  company_name VARCHAR(100),
  phone VARCHAR(50),
  valid_from TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  valid_to TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  is_current BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  is_inferred BOOLEAN NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  PRIMARY KEY (shipper_key),
  CONSTRAINT dim_shipper_version UNIQUE (shipper_id, valid_from)
);
COMMENT ON TABLE ${dw}.dim_shipper IS 'A company that carries goods.';
COMMENT ON COLUMN ${dw}.dim_shipper.shipper_key IS 'Key of this version; -1 unknown, -2 not applicable.';
COMMENT ON COLUMN ${dw}.dim_shipper.shipper_durable_key IS 'Key of the member across its versions.';
COMMENT ON COLUMN ${dw}.dim_shipper.shipper_id IS 'Key of the shipper in Northwind.';
COMMENT ON COLUMN ${dw}.dim_shipper.company_name IS 'Name of the company today.';
COMMENT ON COLUMN ${dw}.dim_shipper.phone IS 'Phone number today; only its last four digits are shown.';
COMMENT ON COLUMN ${dw}.dim_shipper.valid_from IS 'When this version begins, UTC.';
COMMENT ON COLUMN ${dw}.dim_shipper.valid_to IS 'When this version ends, UTC, exclusive; 9999-12-31 while it is open.';
COMMENT ON COLUMN ${dw}.dim_shipper.is_current IS 'Whether this is the version of today.';
COMMENT ON COLUMN ${dw}.dim_shipper.version IS 'Number of the version within its member, from 1.';
COMMENT ON COLUMN ${dw}.dim_shipper.is_inferred IS 'Whether only facts have named this member so far.';
COMMENT ON COLUMN ${dw}.dim_shipper.is_deleted IS 'Whether the source has deleted this member.';
CREATE INDEX dim_shipper_member ON ${dw}.dim_shipper (shipper_durable_key);

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
COMMENT ON TABLE ${dw}.dim_date IS 'The calendar. One row per day.';
COMMENT ON COLUMN ${dw}.dim_date.date_key IS 'yyyymmdd; -1 unknown, -2 not applicable.';
COMMENT ON COLUMN ${dw}.dim_date.date IS 'The day; null in the special rows.';
COMMENT ON COLUMN ${dw}.dim_date.year IS 'Calendar year.';
COMMENT ON COLUMN ${dw}.dim_date.quarter IS 'Quarter, 1 to 4.';
COMMENT ON COLUMN ${dw}.dim_date.month IS 'Month, 1 to 12.';
COMMENT ON COLUMN ${dw}.dim_date.month_name IS 'Month in English.';
COMMENT ON COLUMN ${dw}.dim_date.week_of_year IS 'Week of the year by ISO 8601.';
COMMENT ON COLUMN ${dw}.dim_date.day_of_month IS 'Day of the month, 1 to 31.';
COMMENT ON COLUMN ${dw}.dim_date.day_of_week IS 'Day of the week, 1 to 7 from Monday.';
COMMENT ON COLUMN ${dw}.dim_date.day_name IS 'Day of the week in English.';
COMMENT ON COLUMN ${dw}.dim_date.is_weekend IS 'Whether it is a Saturday or Sunday.';
COMMENT ON COLUMN ${dw}.dim_date.fiscal_year IS 'Fiscal year.';
COMMENT ON COLUMN ${dw}.dim_date.fiscal_quarter IS 'Quarter of the fiscal year, 1 to 4.';

CREATE TABLE ${dw}.fact_sales (
  sales_key BIGINT NOT NULL,
  order_id INTEGER NOT NULL,
  product_id INTEGER NOT NULL,
  ordered_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  date_key BIGINT NOT NULL,
  customer_key BIGINT NOT NULL,
  product_key BIGINT NOT NULL,
  employee_key BIGINT NOT NULL,
  shipper_key BIGINT NOT NULL,
  quantity INTEGER NOT NULL,
  unit_price DECIMAL(19,4) NOT NULL,
  gross_amount DECIMAL(19,4) NOT NULL,
  discount_amount DECIMAL(19,4) NOT NULL,
  net_amount DECIMAL(19,4) NOT NULL,
  PRIMARY KEY (sales_key),
  CONSTRAINT fact_sales_grain UNIQUE (order_id, product_id),
  CONSTRAINT fact_sales_date_fk FOREIGN KEY (date_key) REFERENCES ${dw}.dim_date (date_key),
  CONSTRAINT fact_sales_customer_fk FOREIGN KEY (customer_key) REFERENCES ${dw}.dim_customer (customer_key),
  CONSTRAINT fact_sales_product_fk FOREIGN KEY (product_key) REFERENCES ${dw}.dim_product (product_key),
  CONSTRAINT fact_sales_employee_fk FOREIGN KEY (employee_key) REFERENCES ${dw}.dim_employee (employee_key),
  CONSTRAINT fact_sales_shipper_fk FOREIGN KEY (shipper_key) REFERENCES ${dw}.dim_shipper (shipper_key)
);
COMMENT ON TABLE ${dw}.fact_sales IS 'One row per order line.';
COMMENT ON COLUMN ${dw}.fact_sales.sales_key IS 'Key of the fact.';
COMMENT ON COLUMN ${dw}.fact_sales.order_id IS 'Order number in Northwind.';
COMMENT ON COLUMN ${dw}.fact_sales.product_id IS 'Product of the line: an order names each once.';
COMMENT ON COLUMN ${dw}.fact_sales.ordered_at IS 'Day of the order, midnight UTC.';
COMMENT ON COLUMN ${dw}.fact_sales.date_key IS 'Day of the order.';
COMMENT ON COLUMN ${dw}.fact_sales.customer_key IS 'Version of the customer at that time.';
COMMENT ON COLUMN ${dw}.fact_sales.product_key IS 'Version of the product at that time.';
COMMENT ON COLUMN ${dw}.fact_sales.employee_key IS 'Version of the employee at that time.';
COMMENT ON COLUMN ${dw}.fact_sales.shipper_key IS 'Version of the shipper at that time.';
COMMENT ON COLUMN ${dw}.fact_sales.quantity IS 'Units sold.';
COMMENT ON COLUMN ${dw}.fact_sales.unit_price IS 'Price of one unit, in US dollars.';
COMMENT ON COLUMN ${dw}.fact_sales.gross_amount IS 'Quantity times unit price.';
COMMENT ON COLUMN ${dw}.fact_sales.discount_amount IS 'Discount on the line.';
COMMENT ON COLUMN ${dw}.fact_sales.net_amount IS 'Gross amount less discount.';

CREATE INDEX fact_sales_date ON ${dw}.fact_sales (date_key);
CREATE INDEX fact_sales_customer ON ${dw}.fact_sales (customer_key);
CREATE INDEX fact_sales_product ON ${dw}.fact_sales (product_key);
CREATE INDEX fact_sales_employee ON ${dw}.fact_sales (employee_key);
CREATE INDEX fact_sales_shipper ON ${dw}.fact_sales (shipper_key);

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
COMMENT ON VIEW ${bi}.sales IS 'One row per order line. Empty until something was published.';
COMMENT ON COLUMN ${bi}.sales.order_id IS 'Order number in Northwind.';
COMMENT ON COLUMN ${bi}.sales.product_id IS 'Product of the line: an order names each once.';
COMMENT ON COLUMN ${bi}.sales.ordered_at IS 'Day of the order, midnight UTC.';
COMMENT ON COLUMN ${bi}.sales.date_key IS 'Day of the order.';
COMMENT ON COLUMN ${bi}.sales.customer_key IS 'Version of the customer at that time.';
COMMENT ON COLUMN ${bi}.sales.product_key IS 'Version of the product at that time.';
COMMENT ON COLUMN ${bi}.sales.employee_key IS 'Version of the employee at that time.';
COMMENT ON COLUMN ${bi}.sales.shipper_key IS 'Version of the shipper at that time.';
COMMENT ON COLUMN ${bi}.sales.quantity IS 'Units sold.';
COMMENT ON COLUMN ${bi}.sales.unit_price IS 'Price of one unit, in US dollars.';
COMMENT ON COLUMN ${bi}.sales.gross_amount IS 'Quantity times unit price.';
COMMENT ON COLUMN ${bi}.sales.discount_amount IS 'Discount on the line.';
COMMENT ON COLUMN ${bi}.sales.net_amount IS 'Gross amount less discount.';

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
COMMENT ON VIEW ${bi}.customer IS 'One row per key that sales may name, with the attributes of today.';
COMMENT ON COLUMN ${bi}.customer.customer_key IS 'Joins to sales.';
COMMENT ON COLUMN ${bi}.customer.customer_id IS 'Key of the customer in Northwind.';
COMMENT ON COLUMN ${bi}.customer.company_name IS 'Name of the company today.';
COMMENT ON COLUMN ${bi}.customer.contact_name IS 'Contact person, redacted.';
COMMENT ON COLUMN ${bi}.customer.contact_title IS 'What the contact person does, today.';
COMMENT ON COLUMN ${bi}.customer.phone IS 'Phone number today; only its last four digits are shown.';
COMMENT ON COLUMN ${bi}.customer.city IS 'City today.';
COMMENT ON COLUMN ${bi}.customer.region IS 'Region today.';
COMMENT ON COLUMN ${bi}.customer.country IS 'Country today.';

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
COMMENT ON VIEW ${bi}.customer_history IS 'One row per key that sales may name, with the attributes of its time.';
COMMENT ON COLUMN ${bi}.customer_history.customer_key IS 'Joins to sales.';
COMMENT ON COLUMN ${bi}.customer_history.customer_id IS 'Key of the customer in Northwind.';
COMMENT ON COLUMN ${bi}.customer_history.company_name IS 'Name of the company today.';
COMMENT ON COLUMN ${bi}.customer_history.contact_name IS 'Contact person, redacted.';
COMMENT ON COLUMN ${bi}.customer_history.contact_title IS 'What the contact person does, today.';
COMMENT ON COLUMN ${bi}.customer_history.phone IS 'Phone number today; only its last four digits are shown.';
COMMENT ON COLUMN ${bi}.customer_history.city IS 'City at the time of this version.';
COMMENT ON COLUMN ${bi}.customer_history.region IS 'Region at the time of this version.';
COMMENT ON COLUMN ${bi}.customer_history.country IS 'Country at the time of this version.';
COMMENT ON COLUMN ${bi}.customer_history.valid_from IS 'When this version begins, UTC.';
COMMENT ON COLUMN ${bi}.customer_history.valid_to IS 'When this version ends, UTC, exclusive; 9999-12-31 while it is open.';
COMMENT ON COLUMN ${bi}.customer_history.is_current IS 'Whether this is the version of today.';

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
COMMENT ON VIEW ${bi}.product IS 'One row per key that sales may name, with the attributes of today.';
COMMENT ON COLUMN ${bi}.product.product_key IS 'Joins to sales.';
COMMENT ON COLUMN ${bi}.product.product_id IS 'Key of the product in Northwind.';
COMMENT ON COLUMN ${bi}.product.product_name IS 'Name today.';
COMMENT ON COLUMN ${bi}.product.quantity_per_unit IS 'How it is packed, today.';
COMMENT ON COLUMN ${bi}.product.discontinued IS '1 when it is no longer sold, today.';
COMMENT ON COLUMN ${bi}.product.category_name IS 'Category today.';
COMMENT ON COLUMN ${bi}.product.supplier_name IS 'Company name of the supplier, today.';
COMMENT ON COLUMN ${bi}.product.list_price IS 'List price today, in US dollars.';

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
COMMENT ON VIEW ${bi}.product_history IS 'One row per key that sales may name, with the attributes of its time.';
COMMENT ON COLUMN ${bi}.product_history.product_key IS 'Joins to sales.';
COMMENT ON COLUMN ${bi}.product_history.product_id IS 'Key of the product in Northwind.';
COMMENT ON COLUMN ${bi}.product_history.product_name IS 'Name today.';
COMMENT ON COLUMN ${bi}.product_history.quantity_per_unit IS 'How it is packed, today.';
COMMENT ON COLUMN ${bi}.product_history.discontinued IS '1 when it is no longer sold, today.';
COMMENT ON COLUMN ${bi}.product_history.category_name IS 'Category today.';
COMMENT ON COLUMN ${bi}.product_history.supplier_name IS 'Company name of the supplier, today.';
COMMENT ON COLUMN ${bi}.product_history.list_price IS 'List price at the time of this version, in US dollars.';
COMMENT ON COLUMN ${bi}.product_history.valid_from IS 'When this version begins, UTC.';
COMMENT ON COLUMN ${bi}.product_history.valid_to IS 'When this version ends, UTC, exclusive; 9999-12-31 while it is open.';
COMMENT ON COLUMN ${bi}.product_history.is_current IS 'Whether this is the version of today.';

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
COMMENT ON VIEW ${bi}.employee IS 'One row per key that sales may name, with the attributes of today.';
COMMENT ON COLUMN ${bi}.employee.employee_key IS 'Joins to sales.';
COMMENT ON COLUMN ${bi}.employee.employee_id IS 'Key of the employee in Northwind.';
COMMENT ON COLUMN ${bi}.employee.last_name IS 'Last name, redacted.';
COMMENT ON COLUMN ${bi}.employee.first_name IS 'First name, redacted.';
COMMENT ON COLUMN ${bi}.employee.title IS 'Job title today.';
COMMENT ON COLUMN ${bi}.employee.hire_date IS 'First day of work.';
COMMENT ON COLUMN ${bi}.employee.birth_date IS 'First of January of the year of birth.';
COMMENT ON COLUMN ${bi}.employee.city IS 'City today.';
COMMENT ON COLUMN ${bi}.employee.country IS 'Country today.';

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
COMMENT ON VIEW ${bi}.employee_history IS 'One row per key that sales may name, with the attributes of its time.';
COMMENT ON COLUMN ${bi}.employee_history.employee_key IS 'Joins to sales.';
COMMENT ON COLUMN ${bi}.employee_history.employee_id IS 'Key of the employee in Northwind.';
COMMENT ON COLUMN ${bi}.employee_history.last_name IS 'Last name, redacted.';
COMMENT ON COLUMN ${bi}.employee_history.first_name IS 'First name, redacted.';
COMMENT ON COLUMN ${bi}.employee_history.title IS 'Job title today.';
COMMENT ON COLUMN ${bi}.employee_history.hire_date IS 'First day of work.';
COMMENT ON COLUMN ${bi}.employee_history.birth_date IS 'First of January of the year of birth.';
COMMENT ON COLUMN ${bi}.employee_history.city IS 'City at the time of this version.';
COMMENT ON COLUMN ${bi}.employee_history.country IS 'Country at the time of this version.';
COMMENT ON COLUMN ${bi}.employee_history.valid_from IS 'When this version begins, UTC.';
COMMENT ON COLUMN ${bi}.employee_history.valid_to IS 'When this version ends, UTC, exclusive; 9999-12-31 while it is open.';
COMMENT ON COLUMN ${bi}.employee_history.is_current IS 'Whether this is the version of today.';

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
COMMENT ON VIEW ${bi}.shipper IS 'One row per key that sales may name, with the attributes of today.';
COMMENT ON COLUMN ${bi}.shipper.shipper_key IS 'Joins to sales.';
COMMENT ON COLUMN ${bi}.shipper.shipper_id IS 'Key of the shipper in Northwind.';
COMMENT ON COLUMN ${bi}.shipper.company_name IS 'Name of the company today.';
COMMENT ON COLUMN ${bi}.shipper.phone IS 'Phone number today; only its last four digits are shown.';

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
COMMENT ON VIEW ${bi}.date IS 'One row per day, without special rows.';
COMMENT ON COLUMN ${bi}.date.date_key IS 'Joins to sales.';
COMMENT ON COLUMN ${bi}.date.date IS 'The day.';
COMMENT ON COLUMN ${bi}.date.year IS 'Calendar year.';
COMMENT ON COLUMN ${bi}.date.quarter IS 'Quarter, 1 to 4.';
COMMENT ON COLUMN ${bi}.date.month IS 'Month, 1 to 12.';
COMMENT ON COLUMN ${bi}.date.month_name IS 'Month in English.';
COMMENT ON COLUMN ${bi}.date.week_of_year IS 'Week of the year by ISO 8601.';
COMMENT ON COLUMN ${bi}.date.day_of_month IS 'Day of the month, 1 to 31.';
COMMENT ON COLUMN ${bi}.date.day_of_week IS 'Day of the week, 1 to 7 from Monday.';
COMMENT ON COLUMN ${bi}.date.day_name IS 'Day of the week in English.';
COMMENT ON COLUMN ${bi}.date.is_weekend IS 'Whether it is a Saturday or Sunday.';
COMMENT ON COLUMN ${bi}.date.fiscal_year IS 'Fiscal year.';
COMMENT ON COLUMN ${bi}.date.fiscal_quarter IS 'Quarter of the fiscal year, 1 to 4.';
