package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.StoredPanels;
import dev.sardonyx.runtime.kernel.Team;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Recurrent layers: which memory they take, and where their packed weights lie. */
final class RecurrentRoutine {
  private final RecurrentOp op;
  private final Call call;
  private final Kernels kernels;
  private final RecurrentSizes sizes;
  private final Panels[] panels = new Panels[2];
  private final long[] scratchBytes = new long[2];
  private final Weights weights;

  private final WeightParts parts;

  private RecurrentRoutine(
      RecurrentOp op, Call call, Kernels kernels, Weights weights, WeightParts parts) {
    this.op = op;
    this.call = call;
    this.kernels = kernels;
    this.weights = weights;
    this.parts = parts;
    sizes = RecurrentSizes.of(op, call);
    for (int i = 0; i < 2; i++) {
      panels[i] = Panels.of(call.sizes(i + 1), true).cut(op.gates());
      boolean packed = packed(i).isPresent();
      scratchBytes[i] = packed ? 0 : MemoryBudget.aligned(panels[i].allBytes(kernels));
    }
  }

  static Routine of(RecurrentOp op, Call call, Kernels kernels, Weights weights, Choices choices) {
    RecurrentSizes sizes = RecurrentSizes.of(op, call);
    long columns = Sizes.multiply(op.gates(), StoredPanels.columns(sizes.hidden(), kernels));
    return new ProductWays(
            call,
            new Form(op.gates()),
            weights.gates(call.input(1), op.gates()),
            WeightParts.Shape.ofRows(
                sizes.directions(), sizes.rows(), sizes.input(), Sizes.narrow(columns)),
            sizes.directions(),
            kernels,
            choices)
        .routine(
            weights, (own, parts) -> new RecurrentRoutine(op, call, kernels, own, parts).routine());
  }

  /** W in whole panels of each gate: those of a direction are the columns of one matrix. */
  private record Form(int gates) {}

  private Routine routine() {
    long packing = Sizes.add(scratchBytes[0], scratchBytes[1]);
    long own = RecurrentMemory.bytes(sizes, kernels);
    return Routine.of(this::bind)
        .withScratch(Sizes.add(packing, Sizes.multiply(sizes.directions(), own)));
  }

  /** The gates of one direction of W or R. */
  private StoredPanels ofDirection(int index, int direction, StoredPanels all) {
    int gates = op.gates();
    return all.matrices(
        (long) direction * gates, gates, panels[index].k(), sizes.hidden(), kernels);
  }

  /** W or R in panels, where it is constant. */
  private Optional<StoredPanels> packed(int index) {
    return weights.gates(call.input(index + 1), op.gates());
  }

  private Step bind(Buffers buffers) {
    MemorySegment scratch = buffers.scratch();
    StoredPanels w =
        packed(0)
            .map(parts::with)
            .orElseGet(() -> StoredPanels.plain(scratch.asSlice(0, scratchBytes[0])));
    StoredPanels r =
        packed(1)
            .orElseGet(() -> StoredPanels.plain(scratch.asSlice(scratchBytes[0], scratchBytes[1])));
    MemorySegment rest = scratch.asSlice(scratchBytes[0] + scratchBytes[1]);
    List<RecurrentRun> runs = new ArrayList<>();
    long each = RecurrentMemory.bytes(sizes, kernels);
    for (int i = 0; i < sizes.directions(); i++) {
      MemorySegment own = rest.asSlice(i * each, each);
      var memory = new RecurrentMemory(op, sizes, ofDirection(1, i, r), own, kernels);
      runs.add(new RecurrentRun(op, i, kernels, memory, ofDirection(0, i, w), buffers));
    }
    boolean packW = packed(0).isEmpty();
    boolean packR = packed(1).isEmpty();
    double nanos =
        (double) sizes.steps()
            * sizes.directions()
            * Parts.multiplyAdds(
                (double) sizes.batch() * panels[1].k() * panels[1].n() * op.gates());
    Team team = Parts.of(nanos, buffers.team().size()) == 1 ? Team.alone() : buffers.team();
    Team.Task all = (direction, member) -> runs.get(direction).run(buffers.arrays(member));
    boolean repeats = runs.stream().allMatch(RecurrentRun::repeats);
    Team.Task steps = repeats ? kernels.repeated(all, runs.size(), buffers.team().size()) : all;
    return () -> {
      if (packW) {
        panels[0].packAll(kernels, buffers.input(1), w.values());
      }
      if (packR) {
        panels[1].packAll(kernels, buffers.input(2), r.values());
      }
      runs.getFirst().prepare();
      for (int i = 0; i < runs.size(); i++) {
        runs.get(i).project();
        runs.get(i).start();
      }
      team.run(runs.size(), steps);
      for (int i = 0; i < runs.size(); i++) {
        runs.get(i).finish();
      }
    };
  }
}
