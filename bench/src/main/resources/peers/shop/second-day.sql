-- Clients move, one article in a hundred costs more, and new receipts come.
UPDATE clients
SET town = 'Village ' || client_id % 250, changed_at = TIMESTAMPTZ '2026-03-03 07:00+00' + client_id * INTERVAL '1 millisecond'
WHERE client_id % current_setting('shop.moves_every')::INTEGER = 0;

UPDATE articles
SET price = price + 1, changed_at = TIMESTAMPTZ '2026-03-03 07:00+00' + article_id * INTERVAL '1 millisecond'
WHERE article_id % 100 = 0;

SELECT sell(current_setting('shop.receipts')::INTEGER + 1,
  current_setting('shop.receipts')::INTEGER + current_setting('shop.new_receipts')::INTEGER,
  '2026-03-03 00:00+00', 21600, '2026-03-03 07:00+00');
