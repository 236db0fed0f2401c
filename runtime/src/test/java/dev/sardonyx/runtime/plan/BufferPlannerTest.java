package dev.sardonyx.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BufferPlannerTest {
  @Test
  void buffersThatLiveAtOnceNeverOverlap() {
    for (long seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      List<BufferLifetime> buffers = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        int first = random.nextInt(40);
        int last = first + random.nextInt(random.nextInt(10) == 0 ? 40 : 4);
        long bytes = random.nextInt(5) == 0 ? 0 : random.nextInt(2000);
        buffers.add(new BufferLifetime(bytes, first, last));
      }
      var placement = BufferPlanner.place(buffers);
      for (int i = 0; i < buffers.size(); i++) {
        long end = placement.offsets()[i] + buffers.get(i).bytes();
        assertThat(placement.offsets()[i] % 64).isZero();
        assertThat(end).isLessThanOrEqualTo(placement.bytes());
        for (int j = 0; j < i; j++) {
          assertThat(clash(buffers, placement.offsets(), i, j)).as("seed %d", seed).isFalse();
        }
      }
    }
  }

  private static boolean clash(List<BufferLifetime> buffers, long[] offsets, int i, int j) {
    BufferLifetime a = buffers.get(i);
    BufferLifetime b = buffers.get(j);
    boolean together = a.first() <= b.last() && b.first() <= a.last();
    boolean overlap = offsets[i] < offsets[j] + b.bytes() && offsets[j] < offsets[i] + a.bytes();
    return together && overlap && a.bytes() > 0 && b.bytes() > 0;
  }

  @Test
  void aChainTakesTheRoomOfTwoBuffers() {
    List<BufferLifetime> chain = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      chain.add(new BufferLifetime(1024, i, i + 1));
    }
    assertThat(BufferPlanner.place(chain).bytes()).isEqualTo(2048);
  }

  @Test
  void nothingTakesNoRoom() {
    assertThat(BufferPlanner.place(List.of()).bytes()).isZero();
    assertThat(BufferPlanner.place(List.of(new BufferLifetime(0, 0, 1))).bytes()).isZero();
  }
}
