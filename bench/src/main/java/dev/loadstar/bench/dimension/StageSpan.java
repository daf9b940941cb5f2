package dev.loadstar.bench.dimension;

/**
 * When one of Spark's stages ran and what for.
 *
 * @param execution the query that it belongs to
 * @param folds whether it folds observations into versions
 * @param writes whether it writes files
 * @param fromMillis since 1970
 * @param toMillis exclusive
 * @param taskMillis of all its tasks together
 * @param rowsRead from files
 */
record StageSpan(
    long execution,
    boolean folds,
    boolean writes,
    long fromMillis,
    long toMillis,
    long taskMillis,
    long rowsRead) {}
