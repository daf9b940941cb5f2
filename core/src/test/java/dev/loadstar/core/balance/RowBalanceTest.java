package dev.loadstar.core.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loadstar.core.error.ErrorCode;
import dev.loadstar.core.error.LoadException;
import org.junit.jupiter.api.Test;

class RowBalanceTest {
  @Test
  void aVanishedRowStopsTheHop() {
    RowBalance lost = new RowBalance(10, 1, 8, 1, 0, 0, 0, 1);
    assertThatThrownBy(() -> lost.require("transform of shop.orders"))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IMBALANCE))
        .hasMessageContaining("transform of shop.orders");
  }

  @Test
  void releasedRowsCountOnTheSideOfThoseRead() {
    RowBalance sum = new RowBalance(10, 1, 7, 1, 1, 1, 0, 1).plus(RowBalance.allPassed(5));
    assertThat(sum.balanced()).isTrue();
    assertThat(sum.passed()).isEqualTo(12);
  }
}
