SELECT (SELECT count(*) FROM dw.dim_client WHERE client_key > 0) AS clients,
  (SELECT count(*) FROM dw.dim_article WHERE article_key > 0) AS articles,
  count(*) AS facts, sum(pieces) AS pieces, sum(net)::NUMERIC(30, 4) AS net,
  (SELECT md5(string_agg(town || '=' || sold, ';' ORDER BY town COLLATE "C"))
   FROM (SELECT c.town, sum(f.net)::NUMERIC(30, 4) AS sold
         FROM dw.fact_sales f JOIN dw.dim_client c USING (client_key) GROUP BY c.town) towns) AS towns
FROM dw.fact_sales
