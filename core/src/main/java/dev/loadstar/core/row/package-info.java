/** Rows that are handed on many at a time, column by column, without an object per value. */
package dev.loadstar.core.row;
