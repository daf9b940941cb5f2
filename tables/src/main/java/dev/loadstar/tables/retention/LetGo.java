package dev.loadstar.tables.retention;

/**
 * What retention let go of, or would.
 *
 * @param what a layer, or {@code orphaned} for attempts that nobody ever claimed
 * @param count loads, commits or attempts that are given up by this pass
 * @param files that were still there, those of an earlier pass that did not end among them
 */
public record LetGo(String what, long count, long files, long bytes) {}
