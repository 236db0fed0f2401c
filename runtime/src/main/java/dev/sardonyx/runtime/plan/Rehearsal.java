package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.kernel.Team;
import dev.sardonyx.runtime.tune.Trial;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A way to compute a node, or some of which each reads the one before, on numbers that stand for
 * its inputs and with weights packed for it alone.
 */
final class Rehearsal implements Trial.Run {
  private final Weights weights;
  private final Team team;
  private final List<MemoryBudget.Block> blocks = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private long panelBytes;

  private Rehearsal(Weights weights, int threads) {
    this.weights = weights;
    this.team = new Team(threads);
  }

  /**
   * A rehearsal.
   *
   * @param calls one for each node; each but the first has as input 0 what the one before computes
   * @param routines makes, with weights of its own, one for each call, or one for all. Errors:
   *     LIMIT
   */
  static Rehearsal of(
      List<Call> calls, int threads, Weights weights, Function<Weights, List<Routine>> routines) {
    Weights own = weights.apart();
    var rehearsal = new Rehearsal(own, threads);
    try {
      List<Routine> all = routines.apply(own);
      own.fill(rehearsal.team);
      rehearsal.bind(calls, all);
      return rehearsal;
    } catch (RuntimeException | Error error) {
      rehearsal.close();
      throw error;
    }
  }

  private void bind(List<Call> calls, List<Routine> routines) {
    Crew crew = Crew.of(team);
    boolean together = routines.size() < calls.size();
    List<Optional<MemorySegment>> joined = new ArrayList<>();
    Optional<MemorySegment> passed = Optional.empty();
    for (int i = 0; i < calls.size(); i++) {
      List<Optional<MemorySegment>> inputs = inputs(calls.get(i));
      if (i > 0) {
        inputs.set(0, together ? Optional.empty() : passed);
      }
      joined.addAll(inputs);
      boolean last = i == calls.size() - 1;
      if (!together || last) {
        passed = Optional.of(numbers(calls.get(i).output()));
        bind(routines.get(together ? 0 : i), together ? joined : inputs, passed, crew);
      }
    }
  }

  private void bind(
      Routine routine,
      List<Optional<MemorySegment>> inputs,
      Optional<MemorySegment> output,
      Crew crew) {
    MemorySegment block = take(Math.max(1, routine.bytes(team.size())));
    var buffers = Buffers.of(routine, inputs, List.of(output), block, crew);
    steps.add(routine.binder().bind(buffers));
  }

  private List<Optional<MemorySegment>> inputs(Call call) {
    List<Optional<MemorySegment>> inputs = new ArrayList<>();
    for (int i = 0; i < call.inputs().size(); i++) {
      int index = i;
      inputs.add(call.inputs().get(i).map(operand -> input(call, index, operand)));
    }
    return inputs;
  }

  private MemorySegment input(Call call, int index, Operand operand) {
    Optional<DenseTensor> constant = operand.constant();
    if (constant.filter(tensor -> weights.arePanels(call.op(), index, tensor)).isPresent()) {
      panelBytes += weights.panelBytes(call.op(), index, constant.get());
      return MemorySegment.NULL;
    }
    return constant.map(weights::dense).orElseGet(() -> numbers(operand.type()));
  }

  /** Memory with small numbers: what zeros and subnormals take might be another time. */
  private MemorySegment numbers(TensorType type) {
    MemorySegment memory = take(type.dtype().bytes(type.shape().elements().fixed()));
    memory.fill((byte) 0); // what counts something counts nothing
    for (long at = 0; type.dtype() == DType.FLOAT32 && at < memory.byteSize(); at += Float.BYTES) {
      memory.set(ValueLayout.JAVA_FLOAT, at, (at >> 2 & 31) / 32f + 0.1f);
    }
    return memory;
  }

  private MemorySegment take(long bytes) {
    MemoryBudget.Block block = weights.take("measuring", bytes);
    blocks.add(block);
    return block.segment();
  }

  @Override
  public void run() {
    steps.forEach(Step::run);
  }

  @Override
  public long weightBytes() {
    return Math.max(panelBytes, weights.derivedBytes());
  }

  @Override
  public void close() {
    team.close();
    blocks.forEach(MemoryBudget.Block::close);
    weights.close();
  }
}
