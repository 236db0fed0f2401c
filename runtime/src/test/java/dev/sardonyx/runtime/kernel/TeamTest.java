package dev.sardonyx.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.SardonyxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TeamTest {
  private static long workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("sardonyx-worker") && thread.isAlive())
        .count();
  }

  @Test
  void everyPartIsComputedOnce() {
    try (var team = new Team(4)) {
      for (int round = 0; round < 2000; round++) {
        var counts = new AtomicIntegerArray(1 + round % 37);
        team.run(counts.length(), (part, _) -> counts.incrementAndGet(part));
        assertThat(IntStream.range(0, counts.length()).map(counts::get)).containsOnly(1);
      }
    }
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void theCountOfWorksStartsAnewWhereItDoesNotFit() {
    try (var team = new Team(3, 0xFFFF_FFF0L)) {
      for (int round = 0; round < 100; round++) {
        var counts = new AtomicIntegerArray(20);
        team.run(counts.length(), (part, _) -> counts.incrementAndGet(part));
        assertThat(IntStream.range(0, counts.length()).map(counts::get)).containsOnly(1);
      }
    }
  }

  @Test
  void noTwoPartsHaveOneMemberAtOnce() {
    var busy = new AtomicIntegerArray(3);
    try (var team = new Team(3)) {
      for (int round = 0; round < 200; round++) {
        team.run(
            50,
            (_, member) -> {
              assertThat(busy.incrementAndGet(member)).isEqualTo(1);
              busy.decrementAndGet(member);
            });
      }
    }
  }

  @Test
  void runsAtOnceEachGetTheirOwnResults() throws InterruptedException {
    try (var team = new Team(3)) {
      long[] sums = new long[8];
      Thread[] threads = new Thread[8];
      for (int t = 0; t < threads.length; t++) {
        int own = t;
        threads[t] = new Thread(() -> sums[own] = sumOfSquares(team, 500));
        threads[t].start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(Arrays.stream(sums)).containsOnly(500L * (99 * 100 * 199 / 6));
    }
  }

  private static long sumOfSquares(Team team, int rounds) {
    long sum = 0;
    long[] squares = new long[100];
    for (int round = 0; round < rounds; round++) {
      Arrays.fill(squares, 0);
      team.run(100, (part, _) -> squares[part] = (long) part * part);
      sum += Arrays.stream(squares).sum();
    }
    return sum;
  }

  @Test
  void theFirstFailureIsTheCallersAndTheTeamGoesOn() {
    try (var team = new Team(3)) {
      for (int round = 0; round < 100; round++) {
        assertThatThrownBy(
                () ->
                    team.run(
                        20,
                        (part, _) -> {
                          if (part == 13) {
                            throw new IllegalStateException("part 13");
                          }
                        }))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("part 13");
      }
      assertThat(sumOfSquares(team, 1)).isEqualTo(99L * 100 * 199 / 6);
    }
  }

  @Test
  void aDeadlineOfTheRunEndsTheWorkersToo() {
    try (var team = new Team(2)) {
      var bothAreThere = new CountDownLatch(2);
      assertThatThrownBy(
              () ->
                  Cancellation.within(
                      Optional.of(Duration.ofMillis(50)),
                      () -> {
                        team.run(2, (_, _) -> forever(bothAreThere));
                        return 0;
                      }))
          .isInstanceOf(SardonyxException.class)
          .hasMessageContaining("deadline");
    }
  }

  private static void forever(CountDownLatch bothAreThere) {
    bothAreThere.countDown();
    while (true) {
      Cancellation.poll();
      Thread.onSpinWait();
    }
  }

  @Test
  void noThreadIsLeftAfterClose() {
    long before = workers();
    var team = new Team(4);
    assertThat(sumOfSquares(team, 1)).isPositive();
    assertThat(workers()).isEqualTo(before + 3);
    team.close();
    assertThat(workers()).isEqualTo(before);
    assertThat(sumOfSquares(team, 1)).isPositive(); // alone
  }
}
