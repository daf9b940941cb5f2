{{ config(
    materialized='incremental',
    unique_key=['receipt_id', 'line_no'],
    indexes=[
      {'columns': ['receipt_id', 'line_no'], 'unique': true},
      {'columns': ['client_key']},
      {'columns': ['article_key']},
      {'columns': ['date_key']},
    ]
) }}

WITH clients AS (
  SELECT client_id, dbt_scd_id, dbt_valid_to,
    CASE WHEN row_number() OVER (PARTITION BY client_id ORDER BY dbt_valid_from) > 1 THEN dbt_valid_from END AS since
  FROM {{ ref('dim_client') }}
),
articles AS (
  SELECT article_id, dbt_scd_id, dbt_valid_to,
    CASE WHEN row_number() OVER (PARTITION BY article_id ORDER BY dbt_valid_from) > 1 THEN dbt_valid_from END AS since
  FROM {{ ref('dim_article') }}
)
SELECT
  l.receipt_id,
  l.line_no,
  r.sold_at,
  c.dbt_scd_id AS client_key,
  a.dbt_scd_id AS article_key,
  to_char(r.sold_at AT TIME ZONE 'UTC', 'YYYYMMDD')::INTEGER AS date_key,
  l.pieces,
  l.price,
  l.pieces * l.price AS gross,
  l.pieces * l.price * l.rebate AS rebate,
  l.pieces * l.price * (1 - l.rebate) AS net,
  greatest(l.changed_at, r.changed_at) AS changed_at
FROM {{ source('raw', 'receipt_lines') }} l
JOIN {{ source('raw', 'receipts') }} r USING (receipt_id)
LEFT JOIN clients c ON c.client_id = r.client_id
  AND (c.since IS NULL OR r.sold_at >= c.since)
  AND (c.dbt_valid_to IS NULL OR r.sold_at < c.dbt_valid_to)
LEFT JOIN articles a ON a.article_id = l.article_id
  AND (a.since IS NULL OR r.sold_at >= a.since)
  AND (a.dbt_valid_to IS NULL OR r.sold_at < a.dbt_valid_to)
{% if is_incremental() %}
WHERE greatest(l.changed_at, r.changed_at) > (SELECT max(changed_at) FROM {{ this }})
{% endif %}
