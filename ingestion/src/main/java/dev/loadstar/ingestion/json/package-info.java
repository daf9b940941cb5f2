/** What records of APIs and of JSON Lines have in common. */
package dev.loadstar.ingestion.json;
