package dev.sardonyx.runtime.machine;

import static dev.sardonyx.runtime.machine.assembler.Gp.R12;
import static dev.sardonyx.runtime.machine.assembler.Gp.R13;
import static dev.sardonyx.runtime.machine.assembler.Gp.RAX;
import static dev.sardonyx.runtime.machine.assembler.Gp.RBX;
import static dev.sardonyx.runtime.machine.assembler.Gp.RCX;
import static dev.sardonyx.runtime.machine.assembler.Gp.RDI;
import static dev.sardonyx.runtime.machine.assembler.Gp.RSI;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Label;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls whose arguments were checked when they were first made, made again by a loop in machine
 * code: one call from Java for many. It keeps the code and the memory that they take, and looks
 * whether that still lives. One thread at a time.
 */
public final class CallList {
  /** What the calls of a part took when they were recorded, or one of them alone. */
  private static final long PART_NANOS = 300_000;

  private static final int ALIGNMENT = 64;

  private final MemorySegment words;
  private final MemorySegment block = memory(Arguments.MOST);
  private final List<MachineCode> codes;
  private final MemorySegment[] kept;
  private final MemorySegment.Scope[] scopes;

  /** Where the calls of each part begin, in words, and how many there are. */
  private final long[] starts;

  private final int[] counts;

  CallList(
      MemorySegment words,
      List<MachineCode> codes,
      List<Integer> places,
      List<Long> nanos,
      List<MemorySegment> memory) {
    this.words = words;
    this.codes = List.copyOf(codes);
    kept = memory.toArray(MemorySegment[]::new);
    scopes = memory.stream().map(MemorySegment::scope).toArray(MemorySegment.Scope[]::new);
    List<Integer> firsts = new ArrayList<>();
    long sum = 0;
    for (int i = 0; i < places.size(); i++) {
      sum += nanos.get(i);
      if (i == 0 || sum > PART_NANOS) {
        firsts.add(i);
        sum = nanos.get(i);
      }
    }
    starts = firsts.stream().mapToLong(places::get).toArray();
    counts = new int[starts.length];
    for (int i = 0; i < counts.length; i++) {
      int end = i + 1 < counts.length ? firsts.get(i + 1) : places.size();
      counts[i] = end - firsts.get(i);
    }
  }

  static MemorySegment memory(int longs) {
    return Arena.ofAuto().allocate((long) longs * Long.BYTES, ALIGNMENT);
  }

  /** The code that makes the calls: where they are, their number, a block for the arguments. */
  public static MachineCode loop() {
    var a = new Assembler();
    var call = new Label();
    var argument = new Label();
    a.push(RBX);
    a.push(R12);
    a.push(R13); // the stack is aligned now as calls want it
    a.mov(RBX, at(RDI));
    a.mov(R12, at(RDI, 8));
    a.mov(R13, at(RDI, 16));
    a.bind(call);
    a.mov(RAX, at(RBX));
    a.mov(RCX, at(RBX, 8));
    a.add(RBX, Recording.HEAD * Long.BYTES);
    a.mov(RDI, R13);
    a.bind(argument); // code may write over its arguments
    a.mov(RSI, at(RBX));
    a.mov(at(RDI), RSI);
    a.add(RBX, Long.BYTES);
    a.add(RDI, Long.BYTES);
    a.dec(RCX);
    a.jump(Condition.NOT_ZERO, argument);
    a.mov(RDI, R13);
    a.call(RAX);
    a.dec(R12);
    a.jump(Condition.NOT_ZERO, call);
    a.pop(R13);
    a.pop(R12);
    a.pop(RBX);
    a.ret();
    return MachineCode.install("calls", a);
  }

  /** In how many parts the calls are made: each takes less than a millisecond. */
  public int parts() {
    return starts.length;
  }

  /**
   * Makes the calls of a part again.
   *
   * @param arguments those of the thread
   * @param loop {@link #loop}
   * @throws IllegalStateException if memory of theirs does not live any more
   */
  public void call(int part, Arguments arguments, MachineCode loop) {
    for (MemorySegment.Scope scope : scopes) {
      if (!scope.isAlive()) {
        throw new IllegalStateException("memory of recorded calls does not live any more");
      }
    }
    try {
      arguments.called(codes);
      long from = starts[part] * Long.BYTES;
      arguments
          .begin()
          .reads(words, from, words.byteSize() - from)
          .number(counts[part])
          .writes(block, 0, block.byteSize())
          .call(loop);
    } finally {
      Reference.reachabilityFence(kept);
      Reference.reachabilityFence(codes);
    }
  }
}
