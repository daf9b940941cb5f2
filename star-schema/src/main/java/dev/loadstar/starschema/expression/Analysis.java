package dev.loadstar.starschema.expression;

/** What analysing an expression finds. */
public sealed interface Analysis permits BoundExpression, RefusedExpression {}
