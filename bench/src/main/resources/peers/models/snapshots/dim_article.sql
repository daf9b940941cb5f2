{% snapshot dim_article %}
{{ config(unique_key='article_id', strategy='timestamp', updated_at='changed_at') }}

SELECT * FROM {{ source('raw', 'articles') }}

{% endsnapshot %}
