package dev.loadstar.starschema.builder;

import dev.loadstar.core.project.Settings.Guards;
import dev.loadstar.core.time.BusinessDate;
import dev.loadstar.lake.Lake;
import dev.loadstar.tables.spark.SparkTables;
import org.apache.spark.sql.SparkSession;

/** What every part of one build needs. */
record BuildSession(
    SparkSession spark,
    Lake lake,
    SparkTables tables,
    BusinessDate date,
    Guards guards,
    DeclaredTypes declared) {}
