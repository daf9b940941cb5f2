SELECT (SELECT count(*) FROM dw.dim_client) AS clients,
  (SELECT count(*) FROM dw.dim_article) AS articles,
  count(*) AS facts, sum(pieces) AS pieces, sum(net)::NUMERIC(30, 4) AS net,
  (SELECT md5(string_agg(town || '=' || sold, ';' ORDER BY town COLLATE "C"))
   FROM (SELECT c.town, sum(f.net)::NUMERIC(30, 4) AS sold
         FROM dw.fact_sales f JOIN dw.dim_client c ON c.dbt_scd_id = f.client_key GROUP BY c.town) towns) AS towns
FROM dw.fact_sales
