package dev.sardonyx.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartsTest {

  @Test
  void oneMemberHasAllInOnePart() {
    assertThat(Parts.of(1e9, 1)).isEqualTo(1);
  }

  @Test
  void workShorterThanHandingItOverStaysWhole() {
    for (int members = 2; members <= 64; members *= 2) {
      assertThat(Parts.of(0, members)).isEqualTo(1);
      assertThat(Parts.of(7_900, members)).isEqualTo(1);
    }
  }

  @Test
  void shortWorkHasNoMorePartsThanPay() {
    assertThat(Parts.of(8_000, 2)).isEqualTo(2);
    assertThat(Parts.of(20_000, 64)).isEqualTo(5);
    assertThat(Parts.of(50_000, 2)).isEqualTo(2);
  }

  @Test
  void longWorkLeavesTheSameNumberOfPartsToEachMember() {
    for (int members = 2; members <= 64; members++) {
      assertThat(Parts.of(1e12, members)).isGreaterThan(members);
      assertThat(Parts.of(1e12, members) % members).isZero();
    }
  }

  @Test
  void packingTheKeysOfAnAttentionIsWorthAnotherThread() {
    int elements = 128 * 64;
    assertThat(Parts.of(12 * Parts.product(1, 128, 64), 2)).isEqualTo(1);
    assertThat(Parts.of(12 * Parts.packing(elements), 2)).isGreaterThan(1);
  }

  @Test
  void weightsThatStayInACacheAreReadFaster() {
    assertThat(Parts.of(Parts.product(1, 128, 784), 2)).isEqualTo(1);
    assertThat(Parts.of(Parts.product(1, 128, 3136), 2)).isEqualTo(2);
  }
}
