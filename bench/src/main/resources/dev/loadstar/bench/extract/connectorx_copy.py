"""Copies tables into Parquet whenever a line comes in: the address of the source, then a folder."""

import sys

import connectorx
import pyarrow.parquet

address, ranges = sys.argv[1], int(sys.argv[2])
tables = dict(word.split("=") for word in sys.argv[3:])
print("ready", flush=True)
for line in sys.stdin:
    folder = line.rstrip("\n")
    for table, key in tables.items():
        rows = connectorx.read_sql(
            address,
            f"SELECT * FROM {table}",
            return_type="arrow",
            partition_on=key,
            partition_num=ranges,
        )
        pyarrow.parquet.write_table(rows, f"{folder}/{table}.parquet", compression="zstd", coerce_timestamps="us")
        del rows
    print("done", flush=True)
