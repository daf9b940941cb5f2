-- The shop's star. ${dw} and the other placeholders are the schemas of loadstar.yaml.

CREATE TABLE ${dw}.dim_customer (
  customer_key bigint NOT NULL,
  customer_durable_key bigint NOT NULL,
  customer_id bigint,
  name varchar(255),
  email varchar(255),
  phone varchar(255),
  ssn varchar(255),
  birth_date date,
  street varchar(255),
  city varchar(255),
  segment varchar(64),
  valid_from timestamptz NOT NULL,
  valid_to timestamptz NOT NULL,
  is_current boolean NOT NULL,
  version integer NOT NULL,
  is_inferred boolean NOT NULL,
  is_deleted boolean NOT NULL,
  CONSTRAINT dim_customer_pk PRIMARY KEY (customer_key),
  CONSTRAINT dim_customer_version UNIQUE (customer_id, valid_from)
);
CREATE INDEX dim_customer_durable ON ${dw}.dim_customer (customer_durable_key);
COMMENT ON TABLE ${dw}.dim_customer IS 'Customers, one row per version.';
COMMENT ON COLUMN ${dw}.dim_customer.customer_key IS 'Key of the version; negative for the special rows';
COMMENT ON COLUMN ${dw}.dim_customer.customer_durable_key IS 'Key of the member, the same in all its versions';
COMMENT ON COLUMN ${dw}.dim_customer.customer_id IS 'The shop''s number of the customer; null in special rows';
COMMENT ON COLUMN ${dw}.dim_customer.name IS 'Name, masked';
COMMENT ON COLUMN ${dw}.dim_customer.email IS 'Keyed hash of the e-mail address, hex';
COMMENT ON COLUMN ${dw}.dim_customer.phone IS 'Phone number, masked';
COMMENT ON COLUMN ${dw}.dim_customer.ssn IS 'Social security number, masked';
COMMENT ON COLUMN ${dw}.dim_customer.birth_date IS 'Birth date, generalized to the year';
COMMENT ON COLUMN ${dw}.dim_customer.street IS 'Street address, masked';
COMMENT ON COLUMN ${dw}.dim_customer.city IS 'City';
COMMENT ON COLUMN ${dw}.dim_customer.segment IS 'Market segment';
COMMENT ON COLUMN ${dw}.dim_customer.valid_from IS 'First instant of the version, UTC';
COMMENT ON COLUMN ${dw}.dim_customer.valid_to IS 'First instant after the version, UTC; 9999-12-31 while open';
COMMENT ON COLUMN ${dw}.dim_customer.is_current IS 'Whether this is the version of today';
COMMENT ON COLUMN ${dw}.dim_customer.version IS 'From 1 within the member';
COMMENT ON COLUMN ${dw}.dim_customer.is_inferred IS 'Named by a fact before the source told of it';
COMMENT ON COLUMN ${dw}.dim_customer.is_deleted IS 'The source deleted the member';

CREATE TABLE ${dw}.dim_product (
  product_key bigint NOT NULL,
  product_durable_key bigint NOT NULL,
  product_id bigint,
  product_name varchar(255),
  category varchar(255),
  list_price decimal(10,2),
  valid_from timestamptz NOT NULL,
  valid_to timestamptz NOT NULL,
  is_current boolean NOT NULL,
  version integer NOT NULL,
  is_inferred boolean NOT NULL,
  is_deleted boolean NOT NULL,
  CONSTRAINT dim_product_pk PRIMARY KEY (product_key),
  CONSTRAINT dim_product_version UNIQUE (product_id, valid_from)
);
CREATE INDEX dim_product_durable ON ${dw}.dim_product (product_durable_key);
COMMENT ON TABLE ${dw}.dim_product IS 'Products, one row per version.';
COMMENT ON COLUMN ${dw}.dim_product.product_key IS 'Key of the version; negative for the special rows';
COMMENT ON COLUMN ${dw}.dim_product.product_durable_key IS 'Key of the member, the same in all its versions';
COMMENT ON COLUMN ${dw}.dim_product.product_id IS 'The shop''s number of the product; null in special rows';
COMMENT ON COLUMN ${dw}.dim_product.product_name IS 'Name';
COMMENT ON COLUMN ${dw}.dim_product.category IS 'Category';
COMMENT ON COLUMN ${dw}.dim_product.list_price IS 'Price of the list, per piece';
COMMENT ON COLUMN ${dw}.dim_product.valid_from IS 'First instant of the version, UTC';
COMMENT ON COLUMN ${dw}.dim_product.valid_to IS 'First instant after the version, UTC; 9999-12-31 while open';
COMMENT ON COLUMN ${dw}.dim_product.is_current IS 'Whether this is the version of today';
COMMENT ON COLUMN ${dw}.dim_product.version IS 'From 1 within the member';
COMMENT ON COLUMN ${dw}.dim_product.is_inferred IS 'Named by a fact before the source told of it';
COMMENT ON COLUMN ${dw}.dim_product.is_deleted IS 'The source deleted the member';

CREATE TABLE ${dw}.dim_location (
  location_key bigint NOT NULL,
  location_durable_key bigint NOT NULL,
  store_id varchar(64),
  store_name varchar(255),
  city varchar(255),
  region varchar(255),
  opened_on date,
  valid_from timestamptz NOT NULL,
  valid_to timestamptz NOT NULL,
  is_current boolean NOT NULL,
  version integer NOT NULL,
  is_inferred boolean NOT NULL,
  is_deleted boolean NOT NULL,
  CONSTRAINT dim_location_pk PRIMARY KEY (location_key),
  CONSTRAINT dim_location_version UNIQUE (store_id, valid_from)
);
CREATE INDEX dim_location_durable ON ${dw}.dim_location (location_durable_key);
COMMENT ON TABLE ${dw}.dim_location IS 'Stores.';
COMMENT ON COLUMN ${dw}.dim_location.location_key IS 'Key of the version; negative for the special rows';
COMMENT ON COLUMN ${dw}.dim_location.location_durable_key IS 'Key of the member, the same in all its versions';
COMMENT ON COLUMN ${dw}.dim_location.store_id IS 'The store''s identifier; null in special rows';
COMMENT ON COLUMN ${dw}.dim_location.store_name IS 'Name';
COMMENT ON COLUMN ${dw}.dim_location.city IS 'City';
COMMENT ON COLUMN ${dw}.dim_location.region IS 'Sales region';
COMMENT ON COLUMN ${dw}.dim_location.opened_on IS 'Day of opening';
COMMENT ON COLUMN ${dw}.dim_location.valid_from IS 'First instant of the version, UTC';
COMMENT ON COLUMN ${dw}.dim_location.valid_to IS 'First instant after the version, UTC; 9999-12-31 while open';
COMMENT ON COLUMN ${dw}.dim_location.is_current IS 'Whether this is the version of today';
COMMENT ON COLUMN ${dw}.dim_location.version IS 'From 1 within the member';
COMMENT ON COLUMN ${dw}.dim_location.is_inferred IS 'Named by a fact before the source told of it';
COMMENT ON COLUMN ${dw}.dim_location.is_deleted IS 'The source deleted the member';

CREATE TABLE ${dw}.dim_date (
  date_key bigint NOT NULL,
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
  fiscal_quarter integer,
  CONSTRAINT dim_date_pk PRIMARY KEY (date_key)
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

CREATE TABLE ${dw}.fact_sales (
  sales_key bigint NOT NULL,
  channel varchar(16) NOT NULL,
  order_number varchar(64) NOT NULL,
  line_number integer NOT NULL,
  sold_at timestamptz,
  date_key bigint NOT NULL,
  customer_key bigint NOT NULL,
  product_key bigint NOT NULL,
  location_key bigint NOT NULL,
  quantity integer,
  unit_price decimal(19,4),
  gross_amount decimal(19,4),
  discount_amount decimal(19,4),
  net_amount decimal(19,4),
  currency_code varchar(3),
  CONSTRAINT fact_sales_pk PRIMARY KEY (sales_key),
  CONSTRAINT fact_sales_grain UNIQUE (channel, order_number, line_number),
  CONSTRAINT fact_sales_date_fk FOREIGN KEY (date_key) REFERENCES ${dw}.dim_date (date_key),
  CONSTRAINT fact_sales_customer_fk FOREIGN KEY (customer_key) REFERENCES ${dw}.dim_customer (customer_key),
  CONSTRAINT fact_sales_product_fk FOREIGN KEY (product_key) REFERENCES ${dw}.dim_product (product_key),
  CONSTRAINT fact_sales_location_fk FOREIGN KEY (location_key) REFERENCES ${dw}.dim_location (location_key)
);
CREATE INDEX fact_sales_date ON ${dw}.fact_sales (date_key);
CREATE INDEX fact_sales_customer ON ${dw}.fact_sales (customer_key);
CREATE INDEX fact_sales_product ON ${dw}.fact_sales (product_key);
CREATE INDEX fact_sales_location ON ${dw}.fact_sales (location_key);
COMMENT ON TABLE ${dw}.fact_sales IS 'Order lines of the shop and of the tills.';
COMMENT ON COLUMN ${dw}.fact_sales.sales_key IS 'Key of the order line';
COMMENT ON COLUMN ${dw}.fact_sales.channel IS 'online or store';
COMMENT ON COLUMN ${dw}.fact_sales.order_number IS 'Order or receipt';
COMMENT ON COLUMN ${dw}.fact_sales.line_number IS 'Line within the order';
COMMENT ON COLUMN ${dw}.fact_sales.sold_at IS 'When it was sold, UTC';
COMMENT ON COLUMN ${dw}.fact_sales.date_key IS 'Day of the sale';
COMMENT ON COLUMN ${dw}.fact_sales.customer_key IS 'Version of the customer at the time';
COMMENT ON COLUMN ${dw}.fact_sales.product_key IS 'Version of the product at the time';
COMMENT ON COLUMN ${dw}.fact_sales.location_key IS 'Store, or not applicable';
COMMENT ON COLUMN ${dw}.fact_sales.quantity IS 'Pieces';
COMMENT ON COLUMN ${dw}.fact_sales.unit_price IS 'Price per piece';
COMMENT ON COLUMN ${dw}.fact_sales.gross_amount IS 'Quantity by unit price';
COMMENT ON COLUMN ${dw}.fact_sales.discount_amount IS 'Discount of the line';
COMMENT ON COLUMN ${dw}.fact_sales.net_amount IS 'Gross less discount';
COMMENT ON COLUMN ${dw}.fact_sales.currency_code IS 'ISO 4217';
