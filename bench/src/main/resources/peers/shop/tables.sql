-- A shop by receipts. Every row has a change time of its own, as in a shop that lives: with one time for all, a cursor
-- that asks for "this time or later" would read everything again every night.
CREATE TABLE clients (
  client_id INTEGER PRIMARY KEY,
  firm TEXT NOT NULL,
  contact TEXT,
  phone TEXT,
  town TEXT,
  province TEXT,
  land TEXT,
  changed_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE articles (
  article_id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  shelf TEXT,
  price NUMERIC(10, 2),
  changed_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE receipts (
  receipt_id INTEGER PRIMARY KEY,
  client_id INTEGER NOT NULL,
  sold_at TIMESTAMPTZ NOT NULL,
  state TEXT,
  changed_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE receipt_lines (
  receipt_id INTEGER NOT NULL,
  line_no INTEGER NOT NULL,
  article_id INTEGER NOT NULL,
  pieces INTEGER NOT NULL,
  price NUMERIC(10, 2) NOT NULL,
  rebate NUMERIC(4, 2) NOT NULL,
  changed_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (receipt_id, line_no)
);

-- Receipts from the first number to the last, sold over so many seconds: three lines each, every third one four.
CREATE FUNCTION sell(first INTEGER, last INTEGER, since TIMESTAMPTZ, seconds INTEGER, known TIMESTAMPTZ)
RETURNS VOID LANGUAGE SQL AS $$
  INSERT INTO receipts
  SELECT r, 1 + (r::BIGINT * 37 % (SELECT count(*) FROM clients))::INTEGER,
    since + (r % seconds) * INTERVAL '1 second', 'paid', known + r * INTERVAL '1 millisecond'
  FROM generate_series(first, last) r;

  INSERT INTO receipt_lines
  SELECT r, n, 1 + item, 1 + (r + n) % 7, item % 300 + 1.49, r % 5 * 0.05,
    known + (4::BIGINT * r + n) * INTERVAL '1 millisecond'
  FROM generate_series(first, last) r, generate_series(1, 4) n,
    LATERAL (
      SELECT ((r::BIGINT * 17 + n * 11) % (SELECT count(*) FROM articles))::INTEGER AS item
    ) chosen
  WHERE n < 4 OR r % 3 = 0;
$$;
