/** REST APIs that answer with JSON. */
package dev.loadstar.ingestion.api;
