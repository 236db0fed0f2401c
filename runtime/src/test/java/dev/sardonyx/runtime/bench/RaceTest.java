package dev.sardonyx.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sardonyx.api.tensor.Data;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RaceTest {
  private final List<String> order = new ArrayList<>();

  /** An engine whose runs all say that they took as long. */
  private final class Constant implements Lane {
    private final String name;
    private final long nanos;

    Constant(String name, long nanos) {
      this.name = name;
      this.nanos = nanos;
    }

    @Override
    public Contender contender() {
      return new Contender(name, Contender.NO_CHOICE);
    }

    @Override
    public Readiness warmUp(Duration most) {
      return new Readiness(true, 1, nanos);
    }

    @Override
    public Block run(int runs) {
      order.add(name);
      long[] times = new long[runs];
      Arrays.fill(times, nanos);
      return new Block(times, 8L * runs);
    }

    @Override
    public Map<String, Data> outputs() {
      return Map.of();
    }

    @Override
    public void close() {}
  }

  private List<Result> race(Race race) {
    return race.of(List.of(new Constant("a", 30_000_000), new Constant("b", 60_000_000)));
  }

  @Test
  void ratiosAreOfMediansWithTheQuartilesOfTheRounds() {
    List<Result> results = race(new Race(Duration.ZERO, Duration.ofSeconds(1), 0));
    Result.Ratio ratio = results.getFirst().ratioOf(results.getLast());
    assertThat(ratio).isEqualTo(new Result.Ratio(2, 2, 2));
    assertThat(results.getFirst().medianMillis()).isEqualTo(30, within(1e-9));
    assertThat(results.getFirst().bytesPerRun()).isEqualTo(8);
  }

  @Test
  void roundsBeginAtEitherEndInTurn() {
    race(new Race(Duration.ZERO, Duration.ZERO, 0));
    assertThat(order).containsExactly("a", "b", "b", "a", "a", "b", "b", "a", "a", "b");
  }

  @Test
  void eachLaneRunsAsOftenAsIsAskedFor() {
    for (int runs : new int[] {1, 7, 20}) {
      assertThat(race(new Race(Duration.ZERO, Duration.ZERO, runs)))
          .extracting(Result::runs)
          .containsExactly(runs, runs);
    }
  }

  @Test
  void eachLaneIsMeasuredForTheTime() {
    List<Result> results = race(new Race(Duration.ZERO, Duration.ofSeconds(3), 0));
    assertThat(results.getFirst().runs()).isEqualTo(100);
    assertThat(results.getLast().runs()).isGreaterThanOrEqualTo(50);
  }

  @Test
  void quantilesLieBetweenTheRunsThatSurroundThem() {
    var times = new Times();
    times.add(new Block(new long[] {40, 10, 20, 30, 50}, 0));
    assertThat(times.quantiles(0, 0.5, 1, 0.1)).containsExactly(10, 30, 50, 14);
  }
}
