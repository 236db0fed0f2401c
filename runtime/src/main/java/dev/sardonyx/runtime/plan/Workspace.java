package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.Memory;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The memory of one run at a time, with the steps bound to it. Not thread-safe. */
public final class Workspace implements AutoCloseable {

  /** An output: a constant of the graph, or a part of this workspace. */
  sealed interface Output {
    String name();

    /** Where its bytes are after a run. */
    MemorySegment segment();

    record Constant(String name, DenseTensor tensor) implements Output {
      @Override
      public MemorySegment segment() {
        return tensor.segment();
      }
    }

    record Computed(String name, TensorType type, MemorySegment segment) implements Output {}
  }

  private final MemoryBudget.Block block;
  private final Step[] steps;
  private final LabelledStep[] labelled;
  private final StepWatch watch;
  private final MemorySegment[] inputs;
  private final List<Output> outputs;
  private final MemorySegment[] results;

  Workspace(
      MemoryBudget.Block block,
      List<Step> steps,
      List<LabelledStep> labelled,
      StepWatch watch,
      List<MemorySegment> inputs,
      List<Output> outputs) {
    this.block = block;
    this.steps = steps.toArray(Step[]::new);
    this.labelled = labelled.toArray(LabelledStep[]::new);
    this.watch = watch;
    this.inputs = inputs.toArray(MemorySegment[]::new);
    this.outputs = List.copyOf(outputs);
    this.results = outputs.stream().map(Output::segment).toArray(MemorySegment[]::new);
  }

  /**
   * Runs the plan: inputs in the graph's order, tensors all, outputs by name in its order. Errors:
   * INTERRUPTED when the thread is, whose flag stays set; LIMIT after the deadline; what a step
   * refuses, at its node.
   */
  public Map<String, Data> run(List<Data> given) {
    for (int i = 0; i < inputs.length; i++) {
      Memory.copy(((Tensor) given.get(i)).dense().segment(), inputs[i]);
    }
    compute();
    Map<String, Data> results = LinkedHashMap.newLinkedHashMap(outputs.size());
    for (Output output : outputs) {
      results.put(output.name(), result(output));
    }
    return results;
  }

  /**
   * Runs the plan on memory of the caller, and allocates nothing: inputs and outputs in the graph's
   * order, each as large as its tensor. Errors: as above.
   */
  public void run(MemorySegment[] given, MemorySegment[] wanted) {
    for (int i = 0; i < inputs.length; i++) {
      Memory.copy(given[i], inputs[i]);
    }
    compute();
    for (int i = 0; i < wanted.length; i++) {
      Memory.copy(results[i], wanted[i]);
    }
  }

  private void compute() {
    boolean watched = watch.isOn();
    for (int i = 0; i < steps.length; i++) {
      try {
        Cancellation.poll();
        if (watched) {
          watch.run(labelled[i]);
        } else {
          steps[i].run();
        }
      } catch (SardonyxException error) {
        throw error.at(labelled[i].place());
      }
    }
  }

  private static Tensor result(Output output) {
    return switch (output) {
      case Output.Constant(_, DenseTensor tensor) -> tensor;
      case Output.Computed(_, TensorType type, MemorySegment segment) -> {
        MemorySegment copy = Memory.allocate(type);
        Memory.copy(segment, copy);
        yield DenseTensor.view(type.dtype(), type.shape(), copy);
      }
    };
  }

  @Override
  public void close() {
    block.close();
  }
}
