package dev.loadstar.starschema.timeline;

/** An interval, half open, in which facts must look up their key again. */
public record KeyChange(long from, long to) {}
