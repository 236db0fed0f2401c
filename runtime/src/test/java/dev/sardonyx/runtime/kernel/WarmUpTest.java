package dev.sardonyx.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmUpTest {

  private static final long SLOW = 100_000;

  @Test
  void givesEachHalfOfTheTimeOnceTheTwinHadItsStart() {
    WarmUp warmUp = WarmUp.begin();
    long vector = 0;
    long twin = 0;
    for (int turn = 0; turn < 100_000; turn++) {
      if (warmUp.isVectorsTurn(1)) {
        warmUp.vectorTook(SLOW, 1);
        vector += SLOW;
      } else {
        warmUp.twinTook(3_000);
        twin += 3_000;
        assertThat(vector).isLessThan(twin);
      }
    }
    assertThat(twin - vector).isBetween(0L, 6_000_000L);
    assertThat(warmUp.isOver()).isFalse();
  }

  @Test
  void givesWhatIsSeldomMetItsShareOfAllTime() {
    WarmUp warmUp = WarmUp.begin();
    long now = 1;
    int turns = 0;
    for (int call = 0; call < 1_000; call++) {
      if (warmUp.isVectorsTurn(now)) {
        warmUp.vectorTook(SLOW, 1);
        turns++;
      } else {
        warmUp.twinTook(100);
      }
      now += 32 * SLOW / 2;
    }
    assertThat(turns).isBetween(400, 500);
  }

  @Test
  void triesLongerRunsWhileTheyAreFastAndBeginsAnewAfterASlowOne() {
    WarmUp warmUp = WarmUp.begin();
    int first = warmUp.vectors();
    warmUp.vectorTook(90, first);
    warmUp.vectorTook(180, warmUp.vectors());
    assertThat(warmUp.vectors()).isEqualTo(4 * first);
    warmUp.vectorTook(SLOW, warmUp.vectors());
    assertThat(warmUp.vectors()).isEqualTo(first);
  }

  @Test
  void isOverAfterFastTurnsAlone() {
    WarmUp warmUp = WarmUp.begin();
    for (int turn = 0; turn < 10; turn++) {
      assertThat(warmUp.isOver()).isFalse();
      warmUp.vectorTook(30, 1);
    }
    assertThat(warmUp.isOver()).isTrue();
  }
}
