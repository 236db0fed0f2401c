package dev.sardonyx.runtime.bench;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lanes in turn, a block of runs each, in rounds that begin at either end: what the machine does
 * meanwhile hits all of them.
 *
 * @param warmUp the most time to warm up each lane
 * @param time how long to measure each lane, over five rounds at least
 * @param runs how many runs of each lane instead, or 0
 */
public record Race(Duration warmUp, Duration time, long runs) {
  private static final int LEAST_ROUNDS = 5;
  private static final double BLOCK_NANOS = 50e6;
  private static final int LARGEST_BLOCK = 5_000;

  /** The same for lanes that are warm. */
  public Race withoutWarmUp() {
    return new Race(Duration.ZERO, time, runs);
  }

  private static final class Runner {
    private final Lane lane;
    private final Readiness readiness;
    private final int blockSize;
    private final Times times = new Times();
    private final List<Double> rounds = new ArrayList<>();
    private long spent;

    Runner(Lane lane, Race race) {
      this.lane = lane;
      readiness = lane.warmUp(race.warmUp());
      long fitting =
          Math.round(Math.clamp(BLOCK_NANOS / readiness.nanosPerRun(), 1, LARGEST_BLOCK));
      long share = (race.runs() + LEAST_ROUNDS - 1) / LEAST_ROUNDS;
      blockSize = Math.toIntExact(race.runs() == 0 ? fitting : Math.min(fitting, share));
    }

    void runBlock(Race race) {
      long left = race.runs() == 0 ? blockSize : race.runs() - times.count();
      if (left <= 0) {
        return;
      }
      Block block = lane.run((int) Math.min(blockSize, left));
      times.add(block);
      var round = new Times();
      round.add(block);
      rounds.add(round.median());
      spent += Arrays.stream(block.nanos()).sum();
    }

    boolean isDone(Race race) {
      return race.runs() == 0
          ? rounds.size() >= LEAST_ROUNDS && spent >= race.time().toNanos()
          : times.count() >= race.runs();
    }

    Result result() {
      double[] millis = times.quantiles(0.5, 0.1, 0.99);
      return new Result(
          lane.contender(),
          times.count(),
          millis[0] / 1e6,
          millis[1] / 1e6,
          millis[2] / 1e6,
          times.bytesPerRun(),
          readiness.stable(),
          List.copyOf(rounds));
    }
  }

  /** Warms the lanes up, one by one, and times them. Errors: INTERRUPTED, those of runs. */
  public List<Result> of(List<? extends Lane> lanes) {
    List<Runner> runners = new ArrayList<>();
    lanes.forEach(lane -> runners.add(new Runner(lane, this)));
    for (int round = 0; !runners.stream().allMatch(runner -> runner.isDone(this)); round++) {
      List<Runner> order = round % 2 == 0 ? runners : runners.reversed();
      order.forEach(runner -> runner.runBlock(this));
      if (Thread.interrupted()) {
        throw new SardonyxException(ErrorCode.INTERRUPTED, "the benchmark was interrupted");
      }
    }
    return runners.stream().map(Runner::result).toList();
  }
}
