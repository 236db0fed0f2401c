package dev.sardonyx.runtime.plan;

import java.util.Set;

/**
 * An operator made ready for concrete types: all decisions are taken, only buffers are missing.
 *
 * @param scratchBytes memory that it needs while it runs
 * @param memberScratchBytes the same for each thread that takes part
 * @param inPlace the inputs whose buffer the output may share, each alone
 */
public record Routine(
    long scratchBytes, long memberScratchBytes, Set<Integer> inPlace, Binder binder) {

  /** Ties a routine to memory. */
  @FunctionalInterface
  public interface Binder {
    /** The step on these buffers; they stay its own until it is dropped. */
    Step bind(Buffers buffers);
  }

  static Routine of(Binder binder) {
    return new Routine(0, 0, Set.of(), binder);
  }

  Routine withScratch(long bytes) {
    return new Routine(bytes, memberScratchBytes, inPlace, binder);
  }

  Routine withInPlace(Set<Integer> inputs) {
    return new Routine(scratchBytes, memberScratchBytes, inputs, binder);
  }

  Routine withMemberScratch(long bytes) {
    return new Routine(scratchBytes, bytes, inPlace, binder);
  }

  /** All memory that it needs while so many threads run it. Errors: LIMIT beyond 64 bits. */
  public long bytes(int members) {
    long each = MemoryBudget.aligned(memberScratchBytes);
    return Sizes.add(MemoryBudget.aligned(scratchBytes), Sizes.multiply(each, members));
  }
}
