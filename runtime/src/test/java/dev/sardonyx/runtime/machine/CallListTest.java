package dev.sardonyx.runtime.machine;

import static dev.sardonyx.runtime.machine.assembler.Gp.RAX;
import static dev.sardonyx.runtime.machine.assembler.Gp.RCX;
import static dev.sardonyx.runtime.machine.assembler.Gp.RDI;
import static dev.sardonyx.runtime.machine.assembler.Gp.RSI;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallListTest {
  private final Arguments arguments = new Arguments();

  @BeforeEach
  void codeRunsHere() {
    Processor processor = Processor.current();
    assumeTrue(processor.unavailable().isEmpty(), () -> processor.unavailable().orElseThrow());
  }

  /** Adds a number and a long of a list to a sum, and then spoils its arguments. */
  private static MachineCode sum() {
    var a = new Assembler();
    a.mov(RAX, at(RDI));
    a.mov(RCX, at(RDI, 8));
    a.add(RAX, at(RCX));
    a.mov(RSI, at(RDI, 16));
    a.add(RAX, at(RSI));
    a.mov(at(RSI), RAX);
    a.xor(RAX, RAX);
    for (int slot = 0; slot < 4; slot++) {
      a.mov(at(RDI, slot * Long.BYTES), RAX);
    }
    a.ret();
    return MachineCode.install("sum", a);
  }

  private Recording record(MachineCode code, MemorySegment list, MemorySegment to, int calls) {
    var recording = new Recording();
    arguments.record(recording);
    for (int i = 0; i < calls; i++) {
      list.set(JAVA_LONG, 0, 1000L * i);
      arguments.begin().number(i + 1).list(list, 0, 8).writes(to, 0, 8).call(code);
    }
    arguments.record(null);
    return recording;
  }

  private void call(CallList list) {
    MachineCode loop = CallList.loop();
    for (int i = 0; i < list.parts(); i++) {
      list.call(i, arguments, loop);
    }
  }

  @Test
  void recordedCallsAreMadeAgainWithTheArgumentsAndListsOfThen() {
    MemorySegment list = Arena.ofAuto().allocate(8);
    MemorySegment to = Arena.ofAuto().allocate(8);
    CallList calls = record(sum(), list, to, 100).list();
    long once = 5050 + 1000 * 4950;
    assertThat(to.get(JAVA_LONG, 0)).isEqualTo(once);
    list.set(JAVA_LONG, 0, -1);
    call(calls);
    call(calls);
    assertThat(to.get(JAVA_LONG, 0)).isEqualTo(3 * once);
    assertThat(list.get(JAVA_LONG, 0)).isEqualTo(-1);
  }

  @Test
  void recordingsAreTheSameOnlyWithTheSameCallsMemoryAndLists() {
    MemorySegment list = Arena.ofAuto().allocate(8);
    MemorySegment to = Arena.ofAuto().allocate(8);
    MachineCode code = sum();
    Recording recording = record(code, list, to, 3);
    assertThat(record(code, list, to, 3).isSame(recording)).isTrue();
    assertThat(record(code, list, to, 4).isSame(recording)).isFalse();
    assertThat(record(sum(), list, to, 3).isSame(recording)).isFalse();
    assertThat(record(code, list, Arena.ofAuto().allocate(8), 3).isSame(recording)).isFalse();
    arguments.record(recording);
    arguments.miss();
    arguments.record(null);
    assertThat(recording.isWhole()).isFalse();
    assertThat(record(code, list, to, 3).isSame(recording)).isFalse();
    assertThatThrownBy(recording::list).hasMessageContaining("not all");
  }

  @Test
  void memoryThatDoesNotLiveAnyMoreIsNotTouched() {
    CallList calls;
    try (Arena arena = Arena.ofShared()) {
      calls = record(sum(), arena.allocate(8), arena.allocate(8), 2).list();
    }
    assertThatThrownBy(() -> call(calls)).hasMessageContaining("does not live");
  }

  @Test
  void callsThatTakeLongAreMadeInSeveralParts() {
    MemorySegment to = Arena.ofAuto().allocate(8);
    var recording = new Recording();
    MachineCode code = sum();
    var given = new MemorySegment[] {null, to, to};
    MemorySegment block = Arena.ofAuto().allocate(24);
    block.setAtIndex(JAVA_LONG, 1, to.address());
    block.setAtIndex(JAVA_LONG, 2, to.address());
    block.setAtIndex(JAVA_LONG, 0, 1);
    for (int i = 0; i < 10; i++) {
      recording.add(code, block, 3, given, new long[3]);
      recording.took(i == 4 ? 700_000 : 100_000);
    }
    CallList calls = recording.list();
    assertThat(calls.parts()).isEqualTo(5); // 3, 1, the long one, 3, 2
    to.set(JAVA_LONG, 0, 0);
    call(calls);
    assertThat(to.get(JAVA_LONG, 0)).isEqualTo((1 << 10) - 1); // each doubles it and adds one
  }
}
