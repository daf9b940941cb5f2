package dev.loadstar.ingestion.api;

import java.util.List;

/**
 * What a server sent for a page.
 *
 * @param body UTF-8
 * @param links values of the header {@code Link}
 */
record Answer(byte[] body, List<String> links) {}
