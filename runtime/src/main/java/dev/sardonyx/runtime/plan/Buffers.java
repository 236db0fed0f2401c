package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Team;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The memory that a step works on, each segment exactly as large as its tensor; empty where an
 * operator's input or output is left out.
 *
 * @param inputs in the operator's order, those of the {@link Tail} included
 * @param scratch at least what the routine asked for; contents are lost
 * @param memberScratch the same for each member of the team
 * @param crew who computes
 */
public record Buffers(
    List<Optional<MemorySegment>> inputs,
    List<Optional<MemorySegment>> outputs,
    MemorySegment scratch,
    List<MemorySegment> memberScratch,
    Crew crew) {
  public Buffers {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    memberScratch = List.copyOf(memberScratch);
  }

  /** The memory of a routine in one block of {@link Routine#bytes}. */
  public static Buffers of(
      Routine routine,
      List<Optional<MemorySegment>> inputs,
      List<Optional<MemorySegment>> outputs,
      MemorySegment block,
      Crew crew) {
    long own = MemoryBudget.aligned(routine.scratchBytes());
    long each = MemoryBudget.aligned(routine.memberScratchBytes());
    List<MemorySegment> members =
        IntStream.range(0, crew.team().size())
            .mapToObj(member -> block.asSlice(own + member * each, each))
            .toList();
    return new Buffers(inputs, outputs, block.asSlice(0, own), members, crew);
  }

  /** The same crew and memory of members with other tensors and scratch memory. */
  Buffers with(
      List<Optional<MemorySegment>> others,
      List<Optional<MemorySegment>> results,
      MemorySegment rest) {
    return new Buffers(others, results, rest, memberScratch, crew);
  }

  MemorySegment input(int index) {
    return inputs.get(index).orElseThrow();
  }

  MemorySegment output() {
    return output(0);
  }

  MemorySegment output(int index) {
    return outputs.get(index).orElseThrow();
  }

  /** Who shares the parts of the step. */
  Team team() {
    return crew.team();
  }

  /** Scratch memory of one member of the team. */
  MemorySegment scratch(int member) {
    return memberScratch.get(member);
  }

  /** Arrays of one member of the team. */
  HotArrays arrays(int member) {
    return crew.arrays().get(member);
  }
}
