-- What Power BI, Tableau and analysts see. Every view is empty until something was published.

CREATE VIEW ${bi}.sales AS
SELECT
  f.sales_key,
  f.channel,
  f.order_number,
  f.line_number,
  f.sold_at,
  f.date_key,
  f.customer_key,
  f.product_key,
  f.location_key,
  f.quantity,
  f.unit_price,
  f.gross_amount,
  f.discount_amount,
  f.net_amount,
  f.currency_code
FROM ${dw}.fact_sales f
WHERE EXISTS (SELECT 1 FROM ${etl}.publication);
COMMENT ON VIEW ${bi}.sales IS 'Sales at order-line grain.';
COMMENT ON COLUMN ${bi}.sales.sales_key IS 'Key of the order line';
COMMENT ON COLUMN ${bi}.sales.channel IS 'online or store';
COMMENT ON COLUMN ${bi}.sales.order_number IS 'Order or receipt';
COMMENT ON COLUMN ${bi}.sales.line_number IS 'Line within the order';
COMMENT ON COLUMN ${bi}.sales.sold_at IS 'When it was sold, UTC';
COMMENT ON COLUMN ${bi}.sales.date_key IS 'Day of the sale';
COMMENT ON COLUMN ${bi}.sales.customer_key IS 'Version of the customer at the time';
COMMENT ON COLUMN ${bi}.sales.product_key IS 'Version of the product at the time';
COMMENT ON COLUMN ${bi}.sales.location_key IS 'Store, or not applicable';
COMMENT ON COLUMN ${bi}.sales.quantity IS 'Pieces';
COMMENT ON COLUMN ${bi}.sales.unit_price IS 'Price per piece';
COMMENT ON COLUMN ${bi}.sales.gross_amount IS 'Quantity by unit price';
COMMENT ON COLUMN ${bi}.sales.discount_amount IS 'Discount of the line';
COMMENT ON COLUMN ${bi}.sales.net_amount IS 'Gross less discount';
COMMENT ON COLUMN ${bi}.sales.currency_code IS 'ISO 4217';

CREATE VIEW ${bi}.customer AS
SELECT
  d.customer_key,
  t.customer_id,
  t.name,
  t.email,
  t.phone,
  t.ssn,
  t.birth_date,
  t.street,
  t.city,
  t.segment,
  t.is_deleted,
  t.is_inferred
FROM ${dw}.dim_customer d
JOIN (
  SELECT customer_durable_key, MAX(version) AS version FROM ${dw}.dim_customer GROUP BY customer_durable_key
) newest ON newest.customer_durable_key = d.customer_durable_key
JOIN ${dw}.dim_customer t ON t.customer_durable_key = newest.customer_durable_key AND t.version = newest.version
WHERE EXISTS (SELECT 1 FROM ${etl}.publication);
COMMENT ON VIEW ${bi}.customer IS 'One row per customer_key with the customer of today.';
COMMENT ON COLUMN ${bi}.customer.customer_key IS 'Key that facts refer to';
COMMENT ON COLUMN ${bi}.customer.customer_id IS 'The shop''s number of the customer; null in special rows (as of today)';
COMMENT ON COLUMN ${bi}.customer.name IS 'Name, masked (as of today)';
COMMENT ON COLUMN ${bi}.customer.email IS 'Keyed hash of the e-mail address, hex (as of today)';
COMMENT ON COLUMN ${bi}.customer.phone IS 'Phone number, masked (as of today)';
COMMENT ON COLUMN ${bi}.customer.ssn IS 'Social security number, masked (as of today)';
COMMENT ON COLUMN ${bi}.customer.birth_date IS 'Birth date, generalized to the year (as of today)';
COMMENT ON COLUMN ${bi}.customer.street IS 'Street address, masked (as of today)';
COMMENT ON COLUMN ${bi}.customer.city IS 'City (as of today)';
COMMENT ON COLUMN ${bi}.customer.segment IS 'Market segment (as of today)';
COMMENT ON COLUMN ${bi}.customer.is_deleted IS 'The source deleted the member';
COMMENT ON COLUMN ${bi}.customer.is_inferred IS 'Known only from facts so far';

CREATE VIEW ${bi}.customer_history AS
SELECT
  d.customer_key,
  d.customer_durable_key,
  d.customer_id,
  d.name,
  d.email,
  d.phone,
  d.ssn,
  d.birth_date,
  d.street,
  d.city,
  d.segment,
  d.valid_from,
  d.valid_to,
  d.is_current,
  d.version,
  d.is_inferred,
  d.is_deleted
FROM ${dw}.dim_customer d
WHERE EXISTS (SELECT 1 FROM ${etl}.publication);
COMMENT ON VIEW ${bi}.customer_history IS 'One row per customer_key with the customer of its time.';
COMMENT ON COLUMN ${bi}.customer_history.customer_key IS 'Key that facts refer to';
COMMENT ON COLUMN ${bi}.customer_history.customer_durable_key IS 'The same in all versions of a customer';
COMMENT ON COLUMN ${bi}.customer_history.customer_id IS 'The shop''s number of the customer; null in special rows';
COMMENT ON COLUMN ${bi}.customer_history.name IS 'Name, masked';
COMMENT ON COLUMN ${bi}.customer_history.email IS 'Keyed hash of the e-mail address, hex';
COMMENT ON COLUMN ${bi}.customer_history.phone IS 'Phone number, masked';
COMMENT ON COLUMN ${bi}.customer_history.ssn IS 'Social security number, masked';
COMMENT ON COLUMN ${bi}.customer_history.birth_date IS 'Birth date, generalized to the year';
COMMENT ON COLUMN ${bi}.customer_history.street IS 'Street address, masked';
COMMENT ON COLUMN ${bi}.customer_history.city IS 'City';
COMMENT ON COLUMN ${bi}.customer_history.segment IS 'Market segment';
COMMENT ON COLUMN ${bi}.customer_history.valid_from IS 'First instant of the version, UTC';
COMMENT ON COLUMN ${bi}.customer_history.valid_to IS 'First instant after the version, UTC';
COMMENT ON COLUMN ${bi}.customer_history.is_current IS 'Whether this is the version of today';
COMMENT ON COLUMN ${bi}.customer_history.version IS 'From 1 within the member';
COMMENT ON COLUMN ${bi}.customer_history.is_inferred IS 'Known only from facts so far';
COMMENT ON COLUMN ${bi}.customer_history.is_deleted IS 'The source deleted the member';

CREATE VIEW ${bi}.product AS
SELECT
  d.product_key,
  t.product_id,
  t.product_name,
  t.category,
  t.list_price,
  t.is_deleted,
  t.is_inferred
FROM ${dw}.dim_product d
JOIN (
  SELECT product_durable_key, MAX(version) AS version FROM ${dw}.dim_product GROUP BY product_durable_key
) newest ON newest.product_durable_key = d.product_durable_key
JOIN ${dw}.dim_product t ON t.product_durable_key = newest.product_durable_key AND t.version = newest.version
WHERE EXISTS (SELECT 1 FROM ${etl}.publication);
COMMENT ON VIEW ${bi}.product IS 'One row per product_key with the product of today.';
COMMENT ON COLUMN ${bi}.product.product_key IS 'Key that facts refer to';
COMMENT ON COLUMN ${bi}.product.product_id IS 'The shop''s number of the product; null in special rows (as of today)';
COMMENT ON COLUMN ${bi}.product.product_name IS 'Name (as of today)';
COMMENT ON COLUMN ${bi}.product.category IS 'Category (as of today)';
COMMENT ON COLUMN ${bi}.product.list_price IS 'Price of the list, per piece (as of today)';
COMMENT ON COLUMN ${bi}.product.is_deleted IS 'The source deleted the member';
COMMENT ON COLUMN ${bi}.product.is_inferred IS 'Known only from facts so far';

CREATE VIEW ${bi}.location AS
SELECT
  d.location_key,
  t.store_id,
  t.store_name,
  t.city,
  t.region,
  t.opened_on,
  t.is_deleted,
  t.is_inferred
FROM ${dw}.dim_location d
JOIN (
  SELECT location_durable_key, MAX(version) AS version FROM ${dw}.dim_location GROUP BY location_durable_key
) newest ON newest.location_durable_key = d.location_durable_key
JOIN ${dw}.dim_location t ON t.location_durable_key = newest.location_durable_key AND t.version = newest.version
WHERE EXISTS (SELECT 1 FROM ${etl}.publication);
COMMENT ON VIEW ${bi}.location IS 'One row per location_key with the store of today.';
COMMENT ON COLUMN ${bi}.location.location_key IS 'Key that facts refer to';
COMMENT ON COLUMN ${bi}.location.store_id IS 'The store''s identifier; null in special rows (as of today)';
COMMENT ON COLUMN ${bi}.location.store_name IS 'Name (as of today)';
COMMENT ON COLUMN ${bi}.location.city IS 'City (as of today)';
COMMENT ON COLUMN ${bi}.location.region IS 'Sales region (as of today)';
COMMENT ON COLUMN ${bi}.location.opened_on IS 'Day of opening (as of today)';
COMMENT ON COLUMN ${bi}.location.is_deleted IS 'The source deleted the member';
COMMENT ON COLUMN ${bi}.location.is_inferred IS 'Known only from facts so far';

CREATE VIEW ${bi}.date AS
SELECT
  d.date_key,
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
WHERE d.date_key > 0
  AND EXISTS (SELECT 1 FROM ${etl}.publication);
COMMENT ON VIEW ${bi}.date IS 'Days, without the special rows.';
COMMENT ON COLUMN ${bi}.date.date_key IS 'yyyymmdd; negative for the special rows';
COMMENT ON COLUMN ${bi}.date.date IS 'The day; null in special rows';
COMMENT ON COLUMN ${bi}.date.year IS 'Calendar year';
COMMENT ON COLUMN ${bi}.date.quarter IS '1 to 4';
COMMENT ON COLUMN ${bi}.date.month IS '1 to 12';
COMMENT ON COLUMN ${bi}.date.month_name IS 'In English';
COMMENT ON COLUMN ${bi}.date.week_of_year IS 'Week of the year, by the first day of the week that the project names';
COMMENT ON COLUMN ${bi}.date.day_of_month IS '1 to 31';
COMMENT ON COLUMN ${bi}.date.day_of_week IS '1 is the first day of the week that the project names';
COMMENT ON COLUMN ${bi}.date.day_name IS 'In English';
COMMENT ON COLUMN ${bi}.date.is_weekend IS 'Saturday or Sunday';
COMMENT ON COLUMN ${bi}.date.fiscal_year IS 'Fiscal year';
COMMENT ON COLUMN ${bi}.date.fiscal_quarter IS '1 to 4';

CREATE VIEW ${bi}.freshness AS
SELECT
  p.business_date,
  p.published_at,
  p.run_id,
  p.commit_number
FROM ${etl}.publication p;
COMMENT ON VIEW ${bi}.freshness IS 'One row: how fresh the numbers are.';
COMMENT ON COLUMN ${bi}.freshness.business_date IS 'The latest day that is shown';
COMMENT ON COLUMN ${bi}.freshness.published_at IS 'When it was published, UTC';
COMMENT ON COLUMN ${bi}.freshness.run_id IS 'The run that published it';
COMMENT ON COLUMN ${bi}.freshness.commit_number IS 'The commit of the lake';
