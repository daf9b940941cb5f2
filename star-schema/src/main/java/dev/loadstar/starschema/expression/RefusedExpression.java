package dev.loadstar.starschema.expression;

/**
 * An expression that cannot be used.
 *
 * @param problem what is wrong and what to do, as it stands behind a place in a file
 */
public record RefusedExpression(String problem) implements Analysis {}
