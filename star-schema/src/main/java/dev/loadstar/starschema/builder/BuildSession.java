package dev.loadstar.starschema.builder;

import dev.loadstar.core.project.Settings.Guards;
import dev.loadstar.core.time.BusinessDate;
import dev.loadstar.lake.Lake;
import org.apache.spark.sql.SparkSession;

/**
 * What every part of one build needs.
 *
 * @param commitNumber the number that the build will claim
 */
record BuildSession(
    SparkSession spark,
    Lake lake,
    CuratedTables tables,
    BusinessDate date,
    Guards guards,
    DeclaredTypes declared,
    long commitNumber) {}
