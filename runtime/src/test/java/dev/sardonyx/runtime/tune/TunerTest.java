package dev.sardonyx.runtime.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TunerTest {
  private static final Set<Way> TWO = EnumSet.of(Way.PRODUCTS, Way.WINOGRAD_2);

  @TempDir Path folder;

  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  private TuningFile file() {
    return new TuningFile(folder, new TuningFile.Setting("1", "a", "b", 1));
  }

  private Tuner tuner() {
    return new Tuner(file(), true);
  }

  /** A way whose run takes a millisecond more than those before it. */
  private Trial trial(Runnable run) {
    return way -> {
      opened.incrementAndGet();
      return new Trial.Run() {
        @Override
        public void run() {
          run.run();
          LockSupport.parkNanos(1_000_000L * way.ordinal());
        }

        @Override
        public long weightBytes() {
          return 0;
        }

        @Override
        public void close() {
          closed.incrementAndGet();
        }
      };
    };
  }

  @Test
  void measuresOnceAndKeepsItForOthers() {
    Tuner first = tuner();
    Map<Way, Double> costs = first.of("node", TWO, trial(() -> {})).orElseThrow();
    assertThat(Decision.cheapest(true, costs).way()).isEqualTo(Way.PRODUCTS);
    assertThat(costs.get(Way.WINOGRAD_2)).isGreaterThan(1e6);
    assertThat(first.of("node", TWO, trial(() -> {}))).contains(costs);
    assertThat(file().path()).doesNotExist();
    first.keep();
    assertThat(file().path()).exists();
    assertThat(tuner().of("node", TWO, trial(() -> {})).orElseThrow().keySet()).isEqualTo(TWO);
    assertThat(opened).hasValue(2);
    assertThat(closed).hasValue(2);
  }

  @Test
  void takesWhatTheFileSaysAndOnlyWhatIsAskedFor() {
    file().add(Map.of("node", Map.of(Way.PRODUCTS, 5.0, Way.WINOGRAD_2, 3.0, Way.PLANES, 1.0)));
    assertThat(tuner().of("node", TWO, trial(() -> {})))
        .contains(Map.of(Way.PRODUCTS, 5.0, Way.WINOGRAD_2, 3.0));
    assertThat(opened).hasValue(0);
  }

  @Test
  void measuresAnewWhereTheFileLacksAWay() {
    file().add(Map.of("node", Map.of(Way.PRODUCTS, 5.0)));
    assertThat(tuner().of("node", TWO, trial(() -> {})).orElseThrow().keySet()).isEqualTo(TWO);
    assertThat(opened).hasValue(2);
  }

  @Test
  void aWayWithoutMemoryLeavesTheChoiceToTheModel() throws Exception {
    Tuner tuner = tuner();
    Trial none =
        way -> {
          if (way == Way.WINOGRAD_2) {
            throw new SardonyxException(ErrorCode.LIMIT, "no memory");
          }
          return trial(() -> {}).open(way);
        };
    assertThat(tuner.of("node", TWO, none)).isEmpty();
    assertThat(closed).hasValue(1);
    tuner.keep();
    assertThat(Files.exists(file().path())).isFalse();
  }

  @Test
  void anErrorOfARunEndsItAndGivesMemoryBack() {
    Trial ending =
        trial(
            () -> {
              throw new SardonyxException(ErrorCode.LIMIT, "the deadline is over");
            });
    assertThatThrownBy(() -> tuner().of("node", TWO, ending)).hasMessageContaining("deadline");
    assertThat(closed).hasValue(2);
  }

  @Test
  void anInterruptEndsIt() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> tuner().of("node", TWO, trial(() -> {})))
        .isInstanceOfSatisfying(
            SardonyxException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERRUPTED));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(closed).hasValue(2);
  }
}
