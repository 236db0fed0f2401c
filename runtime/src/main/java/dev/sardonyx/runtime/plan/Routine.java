package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.tune.Decision;
import java.util.Optional;
import java.util.Set;

/**
 * An operator made ready for concrete types: all decisions are taken, only buffers are missing.
 *
 * @param scratchBytes memory that it needs while it runs
 * @param memberScratchBytes the same for each thread that takes part
 * @param inPlace the inputs whose buffer the output may share, each alone
 * @param decision why it is this one, where there were others
 */
public record Routine(
    long scratchBytes,
    long memberScratchBytes,
    Set<Integer> inPlace,
    Binder binder,
    Optional<Decision> decision) {

  /** Ties a routine to memory. */
  @FunctionalInterface
  public interface Binder {
    /** The step on these buffers; they stay its own until it is dropped. */
    Step bind(Buffers buffers);
  }

  static Routine of(Binder binder) {
    return new Routine(0, 0, Set.of(), binder, Optional.empty());
  }

  Routine withScratch(long bytes) {
    return new Routine(bytes, memberScratchBytes, inPlace, binder, decision);
  }

  Routine withInPlace(Set<Integer> inputs) {
    return new Routine(scratchBytes, memberScratchBytes, inputs, binder, decision);
  }

  Routine withMemberScratch(long bytes) {
    return new Routine(scratchBytes, bytes, inPlace, binder, decision);
  }

  Routine decided(Decision why) {
    return new Routine(scratchBytes, memberScratchBytes, inPlace, binder, Optional.of(why));
  }

  /** The same computation around another one, whose decision is this one's. */
  Routine around(Routine inner) {
    return new Routine(scratchBytes, memberScratchBytes, inPlace, binder, inner.decision);
  }

  /** All memory that it needs while so many threads run it. Errors: LIMIT beyond 64 bits. */
  public long bytes(int members) {
    long each = MemoryBudget.aligned(memberScratchBytes);
    return Sizes.add(MemoryBudget.aligned(scratchBytes), Sizes.multiply(each, members));
  }
}
