/** Files that arrive in a folder or a bucket: CSV, JSON Lines and Parquet. */
package dev.loadstar.ingestion.file;
