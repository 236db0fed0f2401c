package dev.sardonyx.runtime.machine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private static final int TRIES = 100;

  @BeforeEach
  void codeRunsHere() {
    Processor processor = Processor.current();
    assumeTrue(processor.unavailable().isEmpty(), () -> processor.unavailable().orElseThrow());
  }

  private static MachineCode nothing() {
    var a = new Assembler();
    a.ret();
    return MachineCode.install("nothing", a);
  }

  private static WeakReference<MemorySegment> give(Arguments arguments) {
    MemorySegment segment = Arena.ofAuto().allocate(64);
    arguments.begin().reads(segment, 0, 64);
    return new WeakReference<>(segment);
  }

  @Test
  void theCollectorFreesWhatWasGivenOnlyAfterTheCall() throws InterruptedException {
    MachineCode code = nothing();
    var arguments = new Arguments();
    WeakReference<MemorySegment> given = give(arguments);
    System.gc();
    assertThat(given.get()).isNotNull();
    arguments.call(code);
    for (int i = 0; i < TRIES && given.get() != null; i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(given.get()).isNull();
  }

  @Test
  void memoryThatCodeMustNotTouchIsRefused() {
    var arguments = new Arguments().begin();
    MemorySegment segment = Arena.ofAuto().allocate(64);
    assertThatThrownBy(() -> arguments.reads(segment, 1, 64))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> arguments.writes(segment, -1, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> arguments.writes(segment.asReadOnly(), 0, 1))
        .hasMessageContaining("read-only");
    MemorySegment heap = MemorySegment.ofArray(new byte[8]);
    assertThatThrownBy(() -> arguments.reads(heap, 0, 8)).hasMessageContaining("off the heap");
    MemorySegment closed;
    try (Arena arena = Arena.ofConfined()) {
      closed = arena.allocate(8);
      closed.set(JAVA_BYTE, 0, (byte) 1);
    }
    assertThatThrownBy(() -> arguments.reads(closed, 0, 8)).hasMessageContaining("off the heap");
  }
}
