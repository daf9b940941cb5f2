package dev.loadstar.demo.shop;

import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A file that a till drops.
 *
 * @param name ends with {@code .csv} or {@code .jsonl}, and {@code .gz} when compressed
 * @param lines without line ends, made anew for every call
 */
public record TillFile(String name, Supplier<Stream<String>> lines) {}
