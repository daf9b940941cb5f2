package dev.loadstar.starschema.builder;

import dev.loadstar.core.balance.HopBalance;
import dev.loadstar.lake.commit.TableState;
import dev.loadstar.starschema.model.FactModel;
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
    TableState state,
    Optional<TableState> quarantine,
    List<HopBalance> balances,
    Map<String, Long> noted) {}
