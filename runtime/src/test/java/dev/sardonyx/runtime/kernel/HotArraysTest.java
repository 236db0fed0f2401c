package dev.sardonyx.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.sardonyx.runtime.kernel.HotArrays.Slot;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HotArraysTest {
  private final HotArrays arrays = new HotArrays();

  @ParameterizedTest
  @EnumSource(Slot.class)
  void memoryIsOffHeapAlignedAndLargeEnough(Slot slot) {
    for (long bytes : new long[] {0, 1, 63, 64, 65, 4097, 100_000}) {
      MemorySegment memory = arrays.memory(slot, bytes);
      assertThat(memory.isNative()).isTrue();
      assertThat(memory.byteSize()).isGreaterThanOrEqualTo(bytes);
      assertThat(memory.address() % 64).isZero();
    }
  }

  @Test
  void memoryThatFitsIsTheSameWithWhatWasLeftInIt() {
    MemorySegment memory = arrays.memory(Slot.SUMS, 256);
    Floats.set(memory, 63, 7);
    assertThat(arrays.memory(Slot.SUMS, 100)).isSameAs(memory);
    assertThat(arrays.memory(Slot.SUMS, 256)).isSameAs(memory);
    assertThat(Floats.get(memory, 63)).isEqualTo(7);
  }

  @Test
  void memoryGrowsToTwiceItsSizeAtLeast() {
    arrays.memory(Slot.ROWS, 1000);
    assertThat(arrays.memory(Slot.ROWS, 1001).byteSize()).isEqualTo(2000);
    assertThat(arrays.memory(Slot.ROWS, 5000).byteSize()).isEqualTo(5000);
  }

  @Test
  void slotsDoNotOverlap() {
    for (Slot slot : Slot.values()) {
      arrays.memory(slot, 512).fill((byte) slot.ordinal());
    }
    for (Slot slot : Slot.values()) {
      byte[] bytes = arrays.memory(slot, 512).toArray(JAVA_BYTE);
      assertThat(bytes).containsOnly((byte) slot.ordinal());
    }
  }

  @Test
  void whatFitsAllocatesNothing() {
    var counter = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    arrays.memory(Slot.LINES, 4096);
    counter.getCurrentThreadAllocatedBytes();
    long before = counter.getCurrentThreadAllocatedBytes();
    long bytes = 0;
    for (int i = 0; i < 1000; i++) {
      bytes += arrays.memory(Slot.LINES, i).byteSize();
    }
    long taken = counter.getCurrentThreadAllocatedBytes() - before;
    assertThat(bytes).isEqualTo(1000 * 4096L);
    assertThat(taken).isZero();
  }

  @Test
  void lessThanNothingIsRefused() {
    assertThatThrownBy(() -> arrays.memory(Slot.PATCH, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("memory needs 0 bytes or more (was -1)");
  }
}
