{% snapshot dim_client %}
{{ config(unique_key='client_id', strategy='timestamp', updated_at='changed_at') }}

SELECT * FROM {{ source('raw', 'clients') }}

{% endsnapshot %}
