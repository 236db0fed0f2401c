package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.sardonyx.runtime.kernel.BinaryFunction;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import dev.sardonyx.runtime.kernel.machine.ElementwiseCode.Along;
import dev.sardonyx.runtime.kernel.machine.Formula.Value;
import dev.sardonyx.runtime.machine.Arguments;
import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.CodeTable;
import dev.sardonyx.runtime.machine.MachineCode;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Functions of one and two elements, and scales with shifts, off the heap. */
final class MachineElements {
  /** Elements of a call: less than a millisecond of any function. */
  static final long MOST = 1 << 18;

  /** Where both operands are memory, only the right one, only the left one, none. */
  static final int STEPS = 4;

  private final CodeLibrary library;
  private final CodeTable unary;
  private final CodeTable binary;
  private final CodeTable scaleShift;

  MachineElements(CodeLibrary library, VectorLevel level) {
    this.library = library;
    unary = library.table(UnaryNumbers.COUNT, number -> unaryCode(level, number));
    binary =
        library.table(BinaryFunction.values().length * STEPS, number -> binaryCode(level, number));
    scaleShift = library.table(2, number -> scaleShiftCode(level, number == 1));
  }

  private static MachineCode unaryCode(VectorLevel level, int number) {
    UnaryFunction function = UnaryNumbers.of(number);
    var formula = new Formula();
    int first = ElementwiseCode.firstArgument(1);
    Value x = formula.input(0);
    formula.result(ElementFormulas.of(formula, function, x, i -> formula.argument(first + i)));
    return MachineCode.install(
        function.getClass().getSimpleName(),
        ElementwiseCode.write(level, formula, List.of(Along.ALL)));
  }

  /** The number of a function where operands move on, or are one value. */
  static int number(BinaryFunction function, int aStep, int bStep) {
    return function.ordinal() * STEPS + (1 - aStep) + 2 * (1 - bStep);
  }

  private static MachineCode binaryCode(VectorLevel level, int number) {
    BinaryFunction function = BinaryFunction.values()[number / STEPS];
    int steps = number % STEPS;
    var formula = new Formula();
    int inputs = Integer.bitCount(3 - steps);
    int first = ElementwiseCode.firstArgument(inputs);
    boolean left = (steps & 1) == 0;
    Value a = left ? formula.input(0) : formula.copy(formula.argument(first));
    Value b =
        (steps & 2) == 0 ? formula.input(left ? 1 : 0) : formula.copy(formula.argument(first + 1));
    formula.result(ElementFormulas.of(formula, function, a, b));
    List<Along> operands = List.of(Along.ALL, Along.ALL).subList(0, inputs);
    return MachineCode.install(
        function + " " + steps, ElementwiseCode.write(level, formula, operands));
  }

  private static MachineCode scaleShiftCode(VectorLevel level, boolean rows) {
    var formula = new Formula();
    Value x = formula.input(0);
    formula.result(formula.multiplyAdd(x, formula.input(1), formula.input(2)));
    Along along = rows ? Along.ROWS : Along.ROW;
    return MachineCode.install(
        "scale and shift", ElementwiseCode.write(level, formula, List.of(Along.ALL, along, along)));
  }

  /** y = function(x). */
  void unary(
      UnaryFunction function,
      MemorySegment x,
      long xOffset,
      MemorySegment y,
      long yOffset,
      long n) {
    if (n == 0) {
      return;
    }
    MachineCode code = unary.get(UnaryNumbers.number(function));
    int parameters = ElementFormulas.parameters(function);
    for (long at = 0; at < n; at += MOST) {
      Cancellation.poll();
      long run = Math.min(MOST, n - at);
      Arguments arguments = begin(run, y, yOffset + at);
      operand(arguments, x, xOffset + at, run);
      for (int i = 0; i < parameters; i++) {
        arguments.number(ElementFormulas.parameter(function, i));
      }
      arguments.call(code);
    }
  }

  /** Arguments as {@link ElementwiseCode} takes them, without rows. */
  private Arguments begin(long n, MemorySegment y, long offset) {
    return library
        .arguments()
        .number(n)
        .number(0)
        .number(n)
        .writes(y, offset * Float.BYTES, n * Float.BYTES);
  }

  private static void operand(Arguments arguments, MemorySegment x, long offset, long n) {
    arguments.reads(x, offset * Float.BYTES, n * Float.BYTES).nothing().nothing();
  }

  /** y = function(a, b). */
  void binary(
      BinaryFunction function,
      MemorySegment a,
      long aOffset,
      int aStep,
      MemorySegment b,
      long bOffset,
      int bStep,
      MemorySegment y,
      long yOffset,
      long n) {
    if (n == 0) {
      return;
    }
    MachineCode code = binary.get(number(function, aStep, bStep));
    float left = aStep == 0 ? value(library.calling(), a, aOffset) : 0;
    float right = bStep == 0 ? value(library.calling(), b, bOffset) : 0;
    for (long at = 0; at < n; at += MOST) {
      Cancellation.poll();
      long run = Math.min(MOST, n - at);
      Arguments arguments = begin(run, y, yOffset + at);
      if (aStep != 0) {
        operand(arguments, a, aOffset + at, run);
      }
      if (bStep != 0) {
        operand(arguments, b, bOffset + at, run);
      }
      arguments.number(left).number(right).call(code);
    }
  }

  /** A float as an argument: one that is read now, so that calls that take it are not repeated. */
  static float value(Arguments arguments, MemorySegment segment, long index) {
    arguments.miss();
    return segment.get(JAVA_FLOAT_UNALIGNED, index * Float.BYTES);
  }

  /** y[o, c, i] = x[o, c, i] * scale[c] + shift[c]. */
  void scaleShift(
      MemorySegment x,
      MemorySegment scale,
      MemorySegment shift,
      MemorySegment y,
      long outer,
      int channels,
      long inner) {
    boolean rows = inner > 1;
    long n = outer * channels * inner;
    if (n == 0) {
      return;
    }
    MachineCode code = scaleShift.get(rows ? 1 : 0);
    for (long at = 0; at < n; at += MOST) {
      Cancellation.poll();
      long run = Math.min(MOST, n - at);
      long row = rows ? inner : channels;
      long first = rows ? at / inner % channels : 0;
      Arguments arguments =
          library
              .arguments()
              .number(run)
              .number(at % row)
              .number(row)
              .writes(y, at * Float.BYTES, run * Float.BYTES);
      operand(arguments, x, at, run);
      broadcast(arguments, scale, first, channels);
      broadcast(arguments, shift, first, channels);
      arguments.call(code);
    }
  }

  /** An operand of a row or of rows: where it is read first, its begin and its end. */
  static void broadcast(Arguments arguments, MemorySegment x, long first, long n) {
    arguments
        .reads(x, first * Float.BYTES, (n - first) * Float.BYTES)
        .reads(x, 0, n * Float.BYTES)
        .reads(x, n * Float.BYTES, 0);
  }
}
