package dev.loadstar.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ShopSizeTest {
  @Test
  void aLargerShopMayChangeAsMuchAsASmallOne() {
    ShopSize one = ShopSize.of(1_000_000, 1, 1);
    ShopSize four = ShopSize.of(1_000_000, 4, 1);

    assertThat(one).isEqualTo(new ShopSize(100_000, 10_000, 300_000, 50, 6_000));
    assertThat(four).isEqualTo(new ShopSize(400_000, 10_000, 1_200_000, 200, 6_000));
    assertThat(ShopSize.of(1_000_000, 4, 4).newReceipts()).isEqualTo(24_000);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> ShopSize.of(1_000_000, 1, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> ShopSize.of(1_000_000, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> ShopSize.of(10, 1, 1));
  }
}
