package dev.sardonyx.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.SardonyxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class ReadinessTest {

  /** Runs that say how long they took, by their number; five of them fill a window. */
  private static Readiness.Runs saying(LongUnaryOperator nanosOfRun) {
    long[] runs = {0};
    return count -> {
      long[] nanos = new long[count];
      Arrays.setAll(nanos, i -> nanosOfRun.applyAsLong(runs[0]++));
      sleep(90);
      return new Block(nanos, 0);
    };
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void runsThatTakeAsLongAreStable() {
    Readiness readiness = Readiness.of(saying(run -> 200_000_000), Duration.ofMinutes(1));
    assertThat(readiness.stable()).isTrue();
    assertThat(readiness.nanosPerRun()).isEqualTo(200_000_000);
    assertThat(readiness.runs()).isEqualTo(20);
  }

  @Test
  void runsThatGetFasterAreNotStable() {
    Readiness readiness =
        Readiness.of(saying(run -> 900_000_000 - 10_000_000 * run), Duration.ofSeconds(2));
    assertThat(readiness.stable()).isFalse();
  }

  @Test
  void aWarmUpOfNoTimeIsOneWindow() {
    assertThat(Readiness.of(saying(run -> 200_000_000), Duration.ZERO).runs()).isEqualTo(5);
  }

  @Test
  void anInterruptEndsIt() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Readiness.of(saying(run -> 1), Duration.ofMinutes(1)))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("interrupted");
  }
}
