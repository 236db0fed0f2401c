package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.GraphInference;
import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Evaluator;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.kernel.KernelSelection;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.plan.Buffers;
import dev.sardonyx.runtime.plan.Call;
import dev.sardonyx.runtime.plan.Operand;
import dev.sardonyx.runtime.plan.Routine;
import dev.sardonyx.runtime.plan.Routines;
import dev.sardonyx.runtime.plan.Support;
import dev.sardonyx.runtime.plan.Tail;
import dev.sardonyx.runtime.plan.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Computes single operators at once, with the very routines that sessions use. Thread-safe. */
public final class NativeEvaluator implements Evaluator {
  private static final long ALIGNMENT = 64;

  private final Routines routines;

  /** An evaluator on the fastest kernels of this machine. */
  public NativeEvaluator() {
    this(KernelSelection.fastest().kernels());
  }

  /** An evaluator on a given set of kernels. */
  public NativeEvaluator(Kernels kernels) {
    routines = new Routines(kernels, Weights.none());
  }

  /**
   * {@inheritDoc} Operators that only change the shape give a view of their input. Errors: also
   * SHAPE, DTYPE and ARGUMENT for inputs that the operator refuses.
   */
  @Override
  public List<Tensor> evaluate(Op op, List<Optional<Tensor>> inputs, int most) {
    List<Optional<DenseTensor>> data =
        inputs.stream().map(input -> input.map(Tensor::dense)).toList();
    List<Optional<Operand>> operands = data.stream().map(input -> input.map(Operand::of)).toList();
    routines.require(op, operands);
    List<TensorType> all = infer(op, data);
    List<TensorType> outputs = all.subList(0, Math.min(most, all.size()));
    if (Support.isAlias(op)) {
      TensorType type = outputs.getFirst();
      MemorySegment same = data.getFirst().orElseThrow().segment();
      return List.of(DenseTensor.view(type.dtype(), type.shape(), same));
    }
    List<Optional<TensorType>> wanted = outputs.stream().map(Optional::of).toList();
    return compute(routines.of(new Call(op, operands, wanted, Tail.none())), data, outputs);
  }

  private static List<TensorType> infer(Op op, List<Optional<DenseTensor>> inputs) {
    var known =
        new Inputs(
            op.name(), inputs.stream().map(input -> input.map(GraphInference::constant)).toList());
    List<TensorType> result = new ArrayList<>();
    for (ValueType type : op.infer(known)) {
      if (!(type instanceof TensorType tensor) || !tensor.shape().isFixed()) {
        throw new SardonyxException(
            ErrorCode.UNSUPPORTED, op.name() + ": the type of the result is not known: " + type);
      }
      result.add(tensor);
    }
    return result;
  }

  private static List<Tensor> compute(
      Routine routine, List<Optional<DenseTensor>> inputs, List<TensorType> outputs) {
    List<MemorySegment> results =
        outputs.stream().map(type -> DenseTensor.allocate(type.dtype(), type.shape())).toList();
    List<Optional<MemorySegment>> to = results.stream().map(Optional::of).toList();
    List<Optional<MemorySegment>> given =
        inputs.stream().map(input -> input.map(DenseTensor::segment)).toList();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment scratch = arena.allocate(routine.scratchBytes(), ALIGNMENT);
      routine.binder().bind(new Buffers(given, to, scratch)).run();
    }
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      TensorType type = outputs.get(i);
      tensors.add(DenseTensor.view(type.dtype(), type.shape(), results.get(i)));
    }
    return tensors;
  }
}
