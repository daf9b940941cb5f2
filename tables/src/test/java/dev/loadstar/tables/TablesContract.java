package dev.loadstar.tables;

/** What all {@link Tables} do, wherever their rows stand. */
abstract class TablesContract
    implements ReadingBehaviour,
        ChangesBehaviour,
        ShapeBehaviour,
        CommitBehaviour,
        RetentionBehaviour {}
