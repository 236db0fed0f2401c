package dev.sardonyx.runtime.plan;

import dev.sardonyx.runtime.kernel.ElementwiseProgram;
import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operand;
import dev.sardonyx.runtime.kernel.FusedElementwise;
import dev.sardonyx.runtime.kernel.FusedElementwise.Bound;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.LoopCache;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A chain of elementwise operations in one step. */
final class ElementwiseRoutine {
  private ElementwiseRoutine() {}

  static Routine of(ElementwiseProgram program, long n, Kernels kernels, LoopCache loops) {
    FusedElementwise fused = kernels.fuse(program, loops);
    long work = Sizes.multiply(n, program.operations().size());
    return Routine.of(buffers -> bind(fused, n, work, buffers))
        .withMemberScratch(Sizes.multiply(fused.scratchElements(), Float.BYTES))
        .withInPlace(
            IntStream.range(0, program.operands().size())
                .filter(i -> program.operands().get(i).equals(Operand.full()))
                .boxed()
                .collect(Collectors.toUnmodifiableSet()));
  }

  private static Step bind(FusedElementwise fused, long n, long work, Buffers buffers) {
    List<MemorySegment> inputs = buffers.inputs().stream().map(Optional::orElseThrow).toList();
    MemorySegment y = buffers.output();
    Bound[] members =
        IntStream.range(0, buffers.team().size())
            .mapToObj(member -> bound(fused, inputs, y, buffers, member))
            .toArray(Bound[]::new);
    var split = Split.of(n, work, fused.chunk(), buffers.team().size());
    return split.step(buffers.team(), (from, to, member) -> members[member].run(from, to));
  }

  private static Bound bound(
      FusedElementwise fused,
      List<MemorySegment> inputs,
      MemorySegment y,
      Buffers buffers,
      int member) {
    return fused.bind(inputs, y, buffers.scratch(member), buffers.arrays(member));
  }
}
