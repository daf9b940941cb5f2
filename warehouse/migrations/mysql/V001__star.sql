-- The shop's star. ${dw} and the other placeholders are the databases of loadstar.yaml.
-- Binary collation, so that keys compare as they do in PostgreSQL.

CREATE TABLE ${dw}.dim_customer (
  customer_key BIGINT NOT NULL COMMENT 'Key of the version; negative for the special rows',
  customer_durable_key BIGINT NOT NULL COMMENT 'Key of the member, the same in all its versions',
  customer_id BIGINT NULL COMMENT 'The shop''s number of the customer; null in special rows',
  name VARCHAR(255) NULL COMMENT 'Name, masked',
  email VARCHAR(255) NULL COMMENT 'Keyed hash of the e-mail address, hex',
  phone VARCHAR(255) NULL COMMENT 'Phone number, masked',
  ssn VARCHAR(255) NULL COMMENT 'Social security number, masked',
  birth_date DATE NULL COMMENT 'Birth date, generalized to the year',
  street VARCHAR(255) NULL COMMENT 'Street address, masked',
  city VARCHAR(255) NULL COMMENT 'City',
  segment VARCHAR(64) NULL COMMENT 'Market segment',
  valid_from DATETIME(6) NOT NULL COMMENT 'First instant of the version, UTC',
  valid_to DATETIME(6) NOT NULL COMMENT 'First instant after the version, UTC; 9999-12-31 while open',
  is_current BOOLEAN NOT NULL COMMENT 'Whether this is the version of today',
  version INT NOT NULL COMMENT 'From 1 within the member',
  is_inferred BOOLEAN NOT NULL COMMENT 'Named by a fact before the source told of it',
  is_deleted BOOLEAN NOT NULL COMMENT 'The source deleted the member',
  CONSTRAINT dim_customer_pk PRIMARY KEY (customer_key),
  CONSTRAINT dim_customer_version UNIQUE (customer_id, valid_from),
  INDEX dim_customer_durable (customer_durable_key)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
  COMMENT = 'Customers, one row per version.';

CREATE TABLE ${dw}.dim_product (
  product_key BIGINT NOT NULL COMMENT 'Key of the version; negative for the special rows',
  product_durable_key BIGINT NOT NULL COMMENT 'Key of the member, the same in all its versions',
  product_id BIGINT NULL COMMENT 'The shop''s number of the product; null in special rows',
  product_name VARCHAR(255) NULL COMMENT 'Name',
  category VARCHAR(255) NULL COMMENT 'Category',
  list_price DECIMAL(10,2) NULL COMMENT 'Price of the list, per piece',
  valid_from DATETIME(6) NOT NULL COMMENT 'First instant of the version, UTC',
  valid_to DATETIME(6) NOT NULL COMMENT 'First instant after the version, UTC; 9999-12-31 while open',
  is_current BOOLEAN NOT NULL COMMENT 'Whether this is the version of today',
  version INT NOT NULL COMMENT 'From 1 within the member',
  is_inferred BOOLEAN NOT NULL COMMENT 'Named by a fact before the source told of it',
  is_deleted BOOLEAN NOT NULL COMMENT 'The source deleted the member',
  CONSTRAINT dim_product_pk PRIMARY KEY (product_key),
  CONSTRAINT dim_product_version UNIQUE (product_id, valid_from),
  INDEX dim_product_durable (product_durable_key)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
  COMMENT = 'Products, one row per version.';

CREATE TABLE ${dw}.dim_location (
  location_key BIGINT NOT NULL COMMENT 'Key of the version; negative for the special rows',
  location_durable_key BIGINT NOT NULL COMMENT 'Key of the member, the same in all its versions',
  store_id VARCHAR(64) NULL COMMENT 'The store''s identifier; null in special rows',
  store_name VARCHAR(255) NULL COMMENT 'Name',
  city VARCHAR(255) NULL COMMENT 'City',
  region VARCHAR(255) NULL COMMENT 'Sales region',
  opened_on DATE NULL COMMENT 'Day of opening',
  valid_from DATETIME(6) NOT NULL COMMENT 'First instant of the version, UTC',
  valid_to DATETIME(6) NOT NULL COMMENT 'First instant after the version, UTC; 9999-12-31 while open',
  is_current BOOLEAN NOT NULL COMMENT 'Whether this is the version of today',
  version INT NOT NULL COMMENT 'From 1 within the member',
  is_inferred BOOLEAN NOT NULL COMMENT 'Named by a fact before the source told of it',
  is_deleted BOOLEAN NOT NULL COMMENT 'The source deleted the member',
  CONSTRAINT dim_location_pk PRIMARY KEY (location_key),
  CONSTRAINT dim_location_version UNIQUE (store_id, valid_from),
  INDEX dim_location_durable (location_durable_key)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
  COMMENT = 'Stores.';

CREATE TABLE ${dw}.dim_date (
  date_key BIGINT NOT NULL COMMENT 'yyyymmdd; negative for the special rows',
  date DATE NULL COMMENT 'The day; null in special rows',
  year INT NULL COMMENT 'Calendar year',
  quarter INT NULL COMMENT '1 to 4',
  month INT NULL COMMENT '1 to 12',
  month_name VARCHAR(32) NULL COMMENT 'In English',
  week_of_year INT NULL COMMENT 'Week of the year, by the first day of the week that the project names',
  day_of_month INT NULL COMMENT '1 to 31',
  day_of_week INT NULL COMMENT '1 is the first day of the week that the project names',
  day_name VARCHAR(32) NULL COMMENT 'In English',
  is_weekend BOOLEAN NULL COMMENT 'Saturday or Sunday',
  fiscal_year INT NULL COMMENT 'Fiscal year',
  fiscal_quarter INT NULL COMMENT '1 to 4',
  CONSTRAINT dim_date_pk PRIMARY KEY (date_key)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
  COMMENT = 'Days.';

CREATE TABLE ${dw}.fact_sales (
  sales_key BIGINT NOT NULL COMMENT 'Key of the order line',
  channel VARCHAR(16) NOT NULL COMMENT 'online or store',
  order_number VARCHAR(64) NOT NULL COMMENT 'Order or receipt',
  line_number INT NOT NULL COMMENT 'Line within the order',
  sold_at DATETIME(6) NULL COMMENT 'When it was sold, UTC',
  date_key BIGINT NOT NULL COMMENT 'Day of the sale',
  customer_key BIGINT NOT NULL COMMENT 'Version of the customer at the time',
  product_key BIGINT NOT NULL COMMENT 'Version of the product at the time',
  location_key BIGINT NOT NULL COMMENT 'Store, or not applicable',
  quantity INT NULL COMMENT 'Pieces',
  unit_price DECIMAL(19,4) NULL COMMENT 'Price per piece',
  gross_amount DECIMAL(19,4) NULL COMMENT 'Quantity by unit price',
  discount_amount DECIMAL(19,4) NULL COMMENT 'Discount of the line',
  net_amount DECIMAL(19,4) NULL COMMENT 'Gross less discount',
  currency_code VARCHAR(3) NULL COMMENT 'ISO 4217',
  CONSTRAINT fact_sales_pk PRIMARY KEY (sales_key),
  CONSTRAINT fact_sales_grain UNIQUE (channel, order_number, line_number),
  INDEX fact_sales_date (date_key),
  INDEX fact_sales_customer (customer_key),
  INDEX fact_sales_product (product_key),
  INDEX fact_sales_location (location_key),
  CONSTRAINT fact_sales_date_fk FOREIGN KEY (date_key) REFERENCES ${dw}.dim_date (date_key),
  CONSTRAINT fact_sales_customer_fk FOREIGN KEY (customer_key) REFERENCES ${dw}.dim_customer (customer_key),
  CONSTRAINT fact_sales_product_fk FOREIGN KEY (product_key) REFERENCES ${dw}.dim_product (product_key),
  CONSTRAINT fact_sales_location_fk FOREIGN KEY (location_key) REFERENCES ${dw}.dim_location (location_key)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
  COMMENT = 'Order lines of the shop and of the tills.';
