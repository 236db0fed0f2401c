package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.tensor.Conversion;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.kernel.Kernels;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Computes in one float type that has kernels: float64 where any operand has it, else float32.
 * Operands of other float types are converted to it before, results rounded once after.
 */
final class Widening {
  private final Call call;
  private final DType wide;
  private final boolean integers;
  private long bytes;

  private Widening(Call call, boolean integers) {
    this.call = call;
    this.integers = integers;
    boolean doubles = types(call).contains(DType.FLOAT64);
    wide = doubles ? DType.FLOAT64 : DType.FLOAT32;
  }

  /** A tensor in memory and the same in the wide type; one segment where it is of that type. */
  private record Pair(MemorySegment narrow, MemorySegment wide, Conversion conversion, long n) {
    void widen() {
      Conversions.run(conversion, narrow, wide, n);
    }

    void round() {
      var back = new Conversion(conversion.to(), conversion.from(), true, conversion.mode());
      Conversions.run(back, wide, narrow, n);
    }
  }

  /**
   * The routine for a call, made by one that knows kernels only.
   *
   * @param integers whether integers of at most 16 bits, which float32 holds, are converted as well
   */
  static Routine of(
      Call call, boolean integers, Kernels kernels, BiFunction<Call, Kernels, Routine> routine) {
    return new Widening(call, integers).of(kernels, routine);
  }

  private static List<DType> types(Call call) {
    List<DType> types = new ArrayList<>();
    call.inputs().forEach(input -> input.ifPresent(operand -> types.add(operand.dtype())));
    call.outputs().forEach(output -> output.ifPresent(type -> types.add(type.dtype())));
    return types;
  }

  private boolean isNarrow(DType type) {
    return type != wide && (type.isFloat() || integers && type.bits() <= 16);
  }

  private Routine of(Kernels kernels, BiFunction<Call, Kernels, Routine> routine) {
    Kernels set = wide == DType.FLOAT64 ? Kernels.doubles() : kernels;
    if (types(call).stream().noneMatch(this::isNarrow)) {
      return routine.apply(call, set);
    }
    List<Optional<Operand>> inputs =
        call.inputs().stream().map(input -> input.map(this::widened)).toList();
    List<Optional<TensorType>> outputs =
        call.outputs().stream().map(output -> output.map(this::widened)).toList();
    Routine inner = routine.apply(new Call(call.op(), inputs, outputs, call.tail()), set);
    return Routine.of(buffers -> bind(inner, buffers))
        .withScratch(Sizes.add(bytes, inner.scratchBytes()));
  }

  private Operand widened(Operand operand) {
    return isNarrow(operand.dtype()) ? Operand.of(widened(operand.type())) : operand;
  }

  private TensorType widened(TensorType type) {
    if (!isNarrow(type.dtype())) {
      return type;
    }
    bytes = Sizes.add(bytes, MemoryBudget.aligned(wideBytes(type)));
    return new TensorType(wide, type.shape());
  }

  private long wideBytes(TensorType type) {
    return wide.bytes(type.shape().elements().fixed());
  }

  private Step bind(Routine inner, Buffers buffers) {
    List<Pair> inputs = new ArrayList<>();
    List<Pair> outputs = new ArrayList<>();
    List<Optional<MemorySegment>> given = new ArrayList<>();
    List<Optional<MemorySegment>> wanted = new ArrayList<>();
    long at = 0;
    for (int i = 0; i < buffers.inputs().size(); i++) {
      Optional<TensorType> type = call.inputs().get(i).map(Operand::type);
      at = pair(type, buffers.inputs().get(i), buffers.scratch(), at, inputs, given);
    }
    for (int i = 0; i < buffers.outputs().size(); i++) {
      Optional<TensorType> type = call.outputs().get(i);
      at = pair(type, buffers.outputs().get(i), buffers.scratch(), at, outputs, wanted);
    }
    Step step = inner.binder().bind(new Buffers(given, wanted, buffers.scratch().asSlice(at)));
    return () -> {
      inputs.forEach(Pair::widen);
      step.run();
      outputs.forEach(Pair::round);
    };
  }

  /** Adds a tensor as the inner routine gets it; returns where scratch memory goes on. */
  private long pair(
      Optional<TensorType> type,
      Optional<MemorySegment> segment,
      MemorySegment scratch,
      long at,
      List<Pair> pairs,
      List<Optional<MemorySegment>> to) {
    if (type.isEmpty() || !isNarrow(type.get().dtype())) {
      to.add(segment);
      return at;
    }
    long size = wideBytes(type.get());
    MemorySegment converted = scratch.asSlice(at, size);
    to.add(Optional.of(converted));
    var conversion = Conversion.of(type.get().dtype(), wide);
    long n = type.get().shape().elements().fixed();
    segment.ifPresent(narrow -> pairs.add(new Pair(narrow, converted, conversion, n)));
    return at + MemoryBudget.aligned(size);
  }
}
