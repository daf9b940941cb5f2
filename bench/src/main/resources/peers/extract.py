"""Brings what changed in the shop's tables into the schema raw of a warehouse, merged by key.

Arguments: the shop's address, the warehouse's, and a folder for what is remembered from night to night.
"""

import sys

import dlt
from dlt.destinations import postgres
from dlt.sources.sql_database import sql_table

KEYS = {
    "clients": ["client_id"],
    "articles": ["article_id"],
    "receipts": ["receipt_id"],
    "receipt_lines": ["receipt_id", "line_no"],
}


def changed_rows(shop: str, table: str, key: list[str]):
    return sql_table(
        credentials=shop,
        table=table,
        backend="pyarrow",
        incremental=dlt.sources.incremental("changed_at"),
        primary_key=key,
        write_disposition="merge",
    )


def main(shop: str, warehouse: str, memory: str) -> None:
    pipeline = dlt.pipeline(
        "shop",
        pipelines_dir=memory,
        destination=postgres(warehouse),
        dataset_name="raw",
    )
    tables = [changed_rows(shop, table, key) for table, key in KEYS.items()]
    print(pipeline.run(tables, loader_file_format="csv"))


if __name__ == "__main__":
    main(*sys.argv[1:])
