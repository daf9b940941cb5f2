package dev.loadstar.starschema.builder;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.starschema.model.FactModel;
import dev.loadstar.tables.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a build made of one fact.
 *
 * @param noted lines by what is worth a person's attention
 */
record FactChange(
    FactModel model,
    Table state,
    Optional<Table> quarantine,
    List<HopBalance> balances,
    Map<String, Long> noted) {}
