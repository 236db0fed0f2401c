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
import java.util.function.Function;

/**
 * Computes in other types than the operands have: these are converted before, results after.
 *
 * <p>Floats go to one type that has kernels, float64 where any operand has it, else float32, and
 * are rounded once on the way back. Elements under a byte go to bytes with the same bits.
 */
final class Widening {
  private final Call call;
  private final Function<DType, Optional<Conversion>> rule;
  private long bytes;

  private Widening(Call call, Function<DType, Optional<Conversion>> rule) {
    this.call = call;
    this.rule = rule;
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
    boolean doubles = types(call).contains(DType.FLOAT64);
    DType wide = doubles ? DType.FLOAT64 : DType.FLOAT32;
    Kernels set = doubles ? Kernels.doubles() : kernels;
    Function<DType, Optional<Conversion>> rule =
        type ->
            type != wide && (type.isFloat() || integers && type.bits() <= 16)
                ? Optional.of(Conversion.of(type, wide))
                : Optional.empty();
    return new Widening(call, rule).of(wider -> routine.apply(wider, set));
  }

  /** The routine for a call that only moves elements, made by one that moves whole bytes. */
  static Routine ofBits(Call call, Function<Call, Routine> routine) {
    return new Widening(call, Widening::unpacked).of(routine);
  }

  /** Whether elements share a byte. */
  static boolean isPacked(DType type) {
    return type.bits() < Byte.SIZE && type != DType.STRING;
  }

  private static Optional<Conversion> unpacked(DType type) {
    DType bits = type.bits() == 4 ? DType.UINT4 : DType.UINT2;
    return isPacked(type) ? Optional.of(Conversion.of(bits, DType.UINT8)) : Optional.empty();
  }

  private static List<DType> types(Call call) {
    List<DType> types = new ArrayList<>();
    call.inputs().forEach(input -> input.ifPresent(operand -> types.add(operand.dtype())));
    call.outputs().forEach(output -> output.ifPresent(type -> types.add(type.dtype())));
    return types;
  }

  private Routine of(Function<Call, Routine> routine) {
    if (types(call).stream().allMatch(type -> rule.apply(type).isEmpty())) {
      return routine.apply(call);
    }
    List<Optional<Operand>> inputs =
        call.inputs().stream().map(input -> input.map(this::widened)).toList();
    List<Optional<TensorType>> outputs =
        call.outputs().stream().map(output -> output.map(this::widened)).toList();
    Routine inner = routine.apply(new Call(call.op(), inputs, outputs, call.tail(), call.order()));
    return Routine.of(buffers -> bind(inner, buffers))
        .withScratch(Sizes.add(bytes, inner.scratchBytes()))
        .withMemberScratch(inner.memberScratchBytes());
  }

  private Operand widened(Operand operand) {
    boolean stays = rule.apply(operand.dtype()).isEmpty();
    return stays ? operand : Operand.of(widened(operand.type()));
  }

  private TensorType widened(TensorType type) {
    Optional<Conversion> conversion = rule.apply(type.dtype());
    if (conversion.isEmpty()) {
      return type;
    }
    var wide = new TensorType(conversion.get().to(), type.shape());
    bytes = Sizes.add(bytes, MemoryBudget.aligned(bytes(wide)));
    return wide;
  }

  private static long bytes(TensorType type) {
    return type.dtype().bytes(type.shape().elements().fixed());
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
    Step step = inner.binder().bind(buffers.with(given, wanted, buffers.scratch().asSlice(at)));
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
    Optional<Conversion> conversion = type.map(TensorType::dtype).flatMap(rule);
    if (conversion.isEmpty()) {
      to.add(segment);
      return at;
    }
    long size = bytes(new TensorType(conversion.get().to(), type.get().shape()));
    MemorySegment converted = scratch.asSlice(at, size);
    to.add(Optional.of(converted));
    long n = type.get().shape().elements().fixed();
    segment.ifPresent(narrow -> pairs.add(new Pair(narrow, converted, conversion.get(), n)));
    return at + MemoryBudget.aligned(size);
  }
}
