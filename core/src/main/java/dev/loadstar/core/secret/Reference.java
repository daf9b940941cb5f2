package dev.loadstar.core.secret;

import dev.loadstar.core.yaml.Location;

/**
 * Text from YAML that may hold {@code ${env:NAME}}, {@code ${env:NAME:-default}} or {@code
 * ${file:/path}}; unresolved, so it may be printed.
 *
 * @param text as written
 * @param location where it was written, for the error when something is missing
 */
public record Reference(String text, Location location) {}
