package dev.sardonyx.runtime.interpret;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.IndexOp;
import dev.sardonyx.api.op.LayoutOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.PredicateOp;
import dev.sardonyx.api.op.Where;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.kernel.Memory;
import dev.sardonyx.runtime.plan.Buffers;
import dev.sardonyx.runtime.plan.Call;
import dev.sardonyx.runtime.plan.Crew;
import dev.sardonyx.runtime.plan.MemoryBudget;
import dev.sardonyx.runtime.plan.Operand;
import dev.sardonyx.runtime.plan.Routine;
import dev.sardonyx.runtime.plan.Routines;
import dev.sardonyx.runtime.plan.Support;
import dev.sardonyx.runtime.plan.Tail;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One routine run at once, on memory of its own. */
final class RoutineRun {
  private static final long ALIGNMENT = 64;

  private final Routines routines;
  private final RunMemory memory;
  private final SmallMemory small = new SmallMemory();

  RoutineRun(Routines routines, RunMemory memory) {
    this.routines = routines;
    this.memory = memory;
  }

  /** Demands an operator that only moves or compares elements. Errors: UNSUPPORTED. */
  void requireMoves(Op op) {
    boolean moves =
        op instanceof LayoutOp
            || op instanceof IndexOp
            || op instanceof Where
            || op instanceof PredicateOp.Equal;
    if (!moves) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED,
          "the native engine does not compute " + op.name() + ": element type string");
    }
  }

  /**
   * The outputs of an operator, of these types. Operators that only change the shape give a view of
   * their input. Errors: UNSUPPORTED, LIMIT, what the operator refuses.
   */
  List<Data> compute(Op op, List<Optional<Data>> inputs, List<TensorType> outputs) {
    List<Optional<DenseTensor>> data =
        inputs.stream().map(input -> input.map(value -> tensor(op, value))).toList();
    List<Optional<Operand>> operands = data.stream().map(input -> input.map(Operand::of)).toList();
    routines.require(op, operands);
    if (Support.isAlias(op)) {
      return List.of(data.getFirst().orElseThrow().reshaped(outputs.getFirst().shape()));
    }
    memory.require(outputs);
    List<Optional<TensorType>> wanted = outputs.stream().map(Optional::of).toList();
    Routine routine = routines.of(new Call(op, operands, wanted, Tail.none()));
    memory.requireScratch(routine.bytes(1));
    return compute(routine, data, outputs);
  }

  private static DenseTensor tensor(Op op, Data data) {
    if (data instanceof Tensor tensor) {
      return tensor.dense();
    }
    throw new SardonyxException(
        ErrorCode.DTYPE, op.name() + " takes tensors, found " + data.type());
  }

  /** Small scratch memory is taken by this thread for itself, which costs least. */
  private static void run(
      Routine routine, List<Optional<MemorySegment>> given, List<Optional<MemorySegment>> to) {
    long bytes = routine.bytes(1);
    if (bytes == 0) {
      run(routine, given, to, MemorySegment.NULL);
    } else if (bytes < Memory.LARGE) {
      try (Arena arena = Arena.ofConfined()) {
        run(routine, given, to, scratch(arena, bytes));
      }
    } else {
      try (var block = new MemoryBudget(Long.MAX_VALUE).take("the scratch memory", bytes)) {
        run(routine, given, to, block.segment());
      }
    }
  }

  private static void run(
      Routine routine,
      List<Optional<MemorySegment>> given,
      List<Optional<MemorySegment>> to,
      MemorySegment scratch) {
    routine.binder().bind(Buffers.of(routine, given, to, scratch, Crew.alone())).run();
  }

  private static MemorySegment scratch(Arena arena, long bytes) {
    try {
      return arena.allocate(bytes, ALIGNMENT);
    } catch (OutOfMemoryError refused) { // off-heap: nothing but this request is lost
      throw new SardonyxException(
          ErrorCode.LIMIT, "scratch memory of " + bytes + " bytes is more than is free", refused);
    }
  }

  private List<Data> compute(
      Routine routine, List<Optional<DenseTensor>> inputs, List<TensorType> outputs) {
    List<MemorySegment> results = outputs.stream().map(small::allocate).toList();
    List<Optional<MemorySegment>> to = results.stream().map(Optional::of).toList();
    List<Optional<MemorySegment>> given =
        inputs.stream().map(input -> input.map(DenseTensor::segment)).toList();
    run(routine, given, to);
    List<Data> tensors = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      TensorType type = outputs.get(i);
      tensors.add(DenseTensor.view(type.dtype(), type.shape(), results.get(i)));
    }
    return tensors;
  }
}
