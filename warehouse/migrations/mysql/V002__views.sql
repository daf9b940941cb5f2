-- What Power BI, Tableau and analysts see. Every view is empty until something was published.
-- MySQL keeps no comments on views; they stand here.

-- Sales at order-line grain.
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

-- One row per customer_key with the customer of today.
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

-- One row per customer_key with the customer of its time.
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

-- One row per product_key with the product of today.
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

-- One row per location_key with the store of today.
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

-- Days, without the special rows.
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

-- One row: how fresh the numbers are.
CREATE VIEW ${bi}.freshness AS
SELECT
  p.business_date,
  p.published_at,
  p.run_id,
  p.commit_number
FROM ${etl}.publication p;
