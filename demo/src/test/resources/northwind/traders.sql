-- Made-up traders in the tables that examples/northwind reads: same names and types, data of our own. Dates without times,
-- prices as real, keys of text and of numbers, texts with quotes, braces and other scripts, and no change times.
CREATE TABLE categories (
  category_id smallint PRIMARY KEY, category_name varchar(15) NOT NULL, description text, picture bytea);
CREATE TABLE suppliers (
  supplier_id smallint PRIMARY KEY, company_name varchar(40) NOT NULL, contact_name varchar(30),
  contact_title varchar(30), address varchar(60), city varchar(15), region varchar(15), postal_code varchar(10),
  country varchar(15), phone varchar(24), fax varchar(24), homepage text);
CREATE TABLE products (
  product_id smallint PRIMARY KEY, product_name varchar(40) NOT NULL, supplier_id smallint, category_id smallint,
  quantity_per_unit varchar(20), unit_price real, units_in_stock smallint, units_on_order smallint,
  reorder_level smallint, discontinued integer NOT NULL);
CREATE TABLE customers (
  customer_id varchar(5) PRIMARY KEY, company_name varchar(40) NOT NULL, contact_name varchar(30),
  contact_title varchar(30), address varchar(60), city varchar(15), region varchar(15), postal_code varchar(10),
  country varchar(15), phone varchar(24), fax varchar(24));
CREATE TABLE employees (
  employee_id smallint PRIMARY KEY, last_name varchar(20) NOT NULL, first_name varchar(10) NOT NULL, title varchar(30),
  title_of_courtesy varchar(25), birth_date date, hire_date date, address varchar(60), city varchar(15),
  region varchar(15), postal_code varchar(10), country varchar(15), home_phone varchar(24), extension varchar(4),
  photo bytea, notes text, reports_to smallint, photo_path varchar(255));
CREATE TABLE shippers (
  shipper_id smallint PRIMARY KEY, company_name varchar(40) NOT NULL, phone varchar(24));
CREATE TABLE orders (
  order_id smallint PRIMARY KEY, customer_id varchar(5), employee_id smallint, order_date date, required_date date,
  shipped_date date, ship_via smallint, freight real, ship_name varchar(40), ship_address varchar(60),
  ship_city varchar(15), ship_region varchar(15), ship_postal_code varchar(10), ship_country varchar(15));
CREATE TABLE order_details (
  order_id smallint, product_id smallint, unit_price real NOT NULL, quantity smallint NOT NULL,
  discount real NOT NULL, PRIMARY KEY (order_id, product_id));

INSERT INTO categories
SELECT i, 'Category ' || i, CASE WHEN i > 1 THEN 'What is {in} it' END, decode('00ff0a', 'hex')
FROM generate_series(1, 4) i;
INSERT INTO suppliers
SELECT i, 'Maker ''' || i || ''' & Søn', 'Contact ' || i, 'Owner', i || ' Quay', 'Bergen', NULL, '50' || i, 'Norway',
  '(47) 55 0' || i, NULL, 'http://maker' || i || '.example#' || i
FROM generate_series(1, 6) i;
INSERT INTO products
SELECT i, 'Ware №' || i, i % 6 + 1, i % 4 + 1, i || ' boxes', (i * 137 % 5000)::real / 100, i, 0, 5, i % 9 / 8
FROM generate_series(1, 40) i;
INSERT INTO customers
SELECT 'C' || lpad(i::text, 4, '0'), 'Shop ' || i, 'Buyer ' || i, 'Buyer', i || ' Main Street',
  (ARRAY['Oslo', 'Århus', 'São Paulo'])[i % 3 + 1], CASE WHEN i % 3 = 2 THEN 'SP' END, '1' || i, 'Nowhere',
  '(1) 555-01' || i, NULL
FROM generate_series(1, 30) i;
INSERT INTO employees
SELECT i, 'Seller', 'No ' || i, 'Sales', 'Dr.', date '1960-02-28' + i * 400, date '1992-04-01' + i, i || ' Hill',
  'Tromsø', NULL, '90' || i, 'Norway', '(47) 77 0' || i, '10' || i, decode('ff', 'hex'), 'Speaks {many} tongues.',
  CASE WHEN i > 1 THEN 1 END, NULL
FROM generate_series(1, 5) i;
INSERT INTO shippers SELECT i, 'Carrier ' || i, '(1) 555-02' || i FROM generate_series(1, 3) i;
INSERT INTO orders
SELECT 10000 + i, 'C' || lpad((i * 7 % 30 + 1)::text, 4, '0'), i % 5 + 1, date '1996-07-04' + i * 3,
  date '1996-08-01' + i * 3, CASE WHEN i % 10 > 0 THEN date '1996-07-08' + i * 3 END, i % 3 + 1, i * 1.5, 'Shop',
  'Main Street', 'Oslo', NULL, NULL, 'Nowhere'
FROM generate_series(1, 200) i;
INSERT INTO order_details
SELECT 10000 + i, (i * n * 11 % 40) + 1, ((i * 31 + n * 17) % 9000 + 5)::real / 100, i % 60 + n,
  (ARRAY[0, 0.05, 0.1, 0.15, 0.25])[(i + n) % 5 + 1]
FROM generate_series(1, 200) i, generate_series(1, 3) n
ON CONFLICT DO NOTHING;
