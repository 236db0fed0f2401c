package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.sardonyx.api.op.DequantizeLinear;
import dev.sardonyx.api.op.QuantizeLinear;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.kernel.Floats;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.QuantizedSum;
import dev.sardonyx.runtime.kernel.QuantizedSum.Kind;
import dev.sardonyx.runtime.kernel.QuantizedSum.Part;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Numbers of 8 bits with one scale for all, and float32, which kernels turn into each other. */
final class QuantizedSums {
  /** Operations that dividing costs, and what is around it. */
  private static final int COST = 4;

  private QuantizedSums() {}

  static boolean takes(QuantizeLinear op, Call call) {
    return call.input(0).dtype() == DType.FLOAT32
        && op.divisionDtype().orElse(DType.FLOAT32) == DType.FLOAT32
        && isEven(
            call, call.output().dtype(), op.granularity().isSingle(call.input(1).type().shape()));
  }

  static boolean takes(DequantizeLinear op, Call call) {
    return call.output().dtype() == DType.FLOAT32
        && isEven(
            call, call.input(0).dtype(), op.granularity().isSingle(call.input(1).type().shape()));
  }

  private static boolean isEven(Call call, DType quantised, boolean single) {
    return single && kind(quantised).isPresent() && call.input(1).dtype() == DType.FLOAT32;
  }

  private static Optional<Kind> kind(DType type) {
    return IntegerOperands.isByte(type)
        ? Optional.of(type == DType.UINT8 ? Kind.UINT8 : Kind.INT8)
        : Optional.empty();
  }

  static Routine quantize(Call call, Kernels kernels) {
    Kind kind = kind(call.output().dtype()).orElseThrow();
    return Routine.of(
        buffers ->
            step(
                kernels,
                buffers,
                call,
                () ->
                    new QuantizedSum(
                        floats(buffers.input(0)),
                        null,
                        part(buffers.output(), kind, call, 1, 3, buffers))));
  }

  static Routine dequantize(Call call, Kernels kernels) {
    Kind kind = kind(call.input(0).dtype()).orElseThrow();
    return Routine.of(
        buffers ->
            step(
                kernels,
                buffers,
                call,
                () ->
                    new QuantizedSum(
                        part(buffers.input(0), kind, call, 1, 3, buffers),
                        null,
                        floats(buffers.output()))));
  }

  /**
   * The routine for a DequantizeLinear, another one or nothing, an Add and a QuantizeLinear.
   *
   * @param calls whose inputs come one after the other, but for what goes from one to the next
   */
  static Routine sum(List<Call> calls, Kernels kernels) {
    Call a = calls.getFirst();
    Call b = calls.get(1);
    Call y = calls.getLast();
    List<Optional<Operand>> all = new ArrayList<>(a.inputs());
    all.addAll(b.inputs());
    all.addAll(y.inputs().subList(1, y.inputs().size()));
    var whole = new Call(y.op(), all, y.outputs(), Tail.none());
    int second = a.inputs().size();
    int last = second + b.inputs().size() - 1;
    return Routine.of(
        buffers ->
            step(
                kernels,
                buffers,
                whole,
                () ->
                    new QuantizedSum(
                        part(buffers.input(0), kind(whole, 0), whole, 1, second, buffers),
                        part(
                            buffers.input(second),
                            kind(whole, second),
                            whole,
                            second + 1,
                            last + 1,
                            buffers),
                        part(
                            buffers.output(),
                            kind(y.output().dtype()).orElseThrow(),
                            whole,
                            last + 1,
                            all.size(),
                            buffers))));
  }

  private static Part floats(MemorySegment memory) {
    return new Part(memory, Kind.FLOAT32, 1, 0);
  }

  private static Kind kind(Call call, int input) {
    return kind(call.input(input).dtype()).orElseThrow();
  }

  /** What an input and the one after it scale, where that comes before an end. */
  private static Part part(
      MemorySegment memory, Kind kind, Call call, int scale, int end, Buffers buffers) {
    boolean given = scale + 1 < end && call.has(scale + 1);
    int zero = given ? buffers.input(scale + 1).get(JAVA_BYTE, 0) : 0;
    return new Part(
        memory, kind, Floats.get(buffers.input(scale), 0), kind == Kind.UINT8 ? zero & 0xFF : zero);
  }

  /** What scales are is asked in each run. */
  private interface Sum {
    QuantizedSum now();
  }

  private static Step step(Kernels kernels, Buffers buffers, Call call, Sum sum) {
    long n = Sizes.product(call.outputSizes());
    var split = Split.of(n, Sizes.multiply(n, COST), Long.SIZE, buffers.team().size());
    boolean constant =
        call.inputs().stream()
            .flatMap(Optional::stream)
            .filter(input -> Sizes.product(input.sizes()) == 1)
            .allMatch(input -> input.constant().isPresent());
    if (constant) {
      QuantizedSum same = sum.now();
      return split.step(buffers.team(), (from, to, _) -> kernels.quantize(same, from, to), kernels);
    }
    return split.step(buffers.team(), (from, to, _) -> kernels.quantize(sum.now(), from, to));
  }
}
