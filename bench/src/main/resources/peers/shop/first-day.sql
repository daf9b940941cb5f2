INSERT INTO clients
SELECT i, 'Firm ' || i, 'Contact ' || i % 9973, '+43 ' || 2000000 + i % 7000000, 'Town ' || i % 400, 'Province ' || i % 25,
  'Land ' || i % 15, TIMESTAMPTZ '2026-03-02 05:00+00' + i * INTERVAL '1 millisecond'
FROM generate_series(1, current_setting('shop.clients')::INTEGER) i;

INSERT INTO articles
SELECT i, 'Article ' || i, 'Shelf ' || i % 60, i % 300 + 1.49, TIMESTAMPTZ '2026-03-02 05:00+00' + i * INTERVAL '1 millisecond'
FROM generate_series(1, current_setting('shop.articles')::INTEGER) i;

SELECT sell(1, current_setting('shop.receipts')::INTEGER, '2026-01-02 00:00+00', 5000000, '2026-03-02 07:00+00');

CREATE INDEX ON clients (changed_at);
CREATE INDEX ON articles (changed_at);
CREATE INDEX ON receipts (changed_at);
CREATE INDEX ON receipt_lines (changed_at);
