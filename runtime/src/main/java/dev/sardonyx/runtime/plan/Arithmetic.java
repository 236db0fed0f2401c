package dev.sardonyx.runtime.plan;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.kernel.BinaryFunction;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/**
 * Plain loops for element types that have no kernels: integers wrap around as in ONNX Runtime and
 * are divided towards zero.
 */
final class Arithmetic {
  private Arithmetic() {}

  static Routine.Binder doubles(BinaryFunction function, LoopNest nest) {
    DoubleBinaryOperator operator =
        switch (function) {
          case ADD -> (a, b) -> a + b;
          case SUB -> (a, b) -> a - b;
          case MUL -> (a, b) -> a * b;
          case DIV -> (a, b) -> a / b;
          case PRELU -> (a, b) -> a < 0 ? a * b : a;
        };
    return buffers -> {
      var a = buffers.input(0);
      var b = buffers.input(1);
      var y = buffers.output();
      LoopNest.Run run =
          (aAt, aStep, bAt, bStep, yAt, n) -> {
            for (long i = 0; i < n; i++) {
              double left = a.get(JAVA_DOUBLE_UNALIGNED, (aAt + i * aStep) * 8);
              double right = b.get(JAVA_DOUBLE_UNALIGNED, (bAt + i * bStep) * 8);
              y.set(JAVA_DOUBLE_UNALIGNED, (yAt + i) * 8, operator.applyAsDouble(left, right));
            }
          };
      return () -> nest.forEach(run);
    };
  }

  static Routine.Binder longs(BinaryFunction function, LoopNest nest) {
    LongBinaryOperator operator = integers(function);
    return buffers -> {
      var a = buffers.input(0);
      var b = buffers.input(1);
      var y = buffers.output();
      LoopNest.Run run =
          (aAt, aStep, bAt, bStep, yAt, n) -> {
            for (long i = 0; i < n; i++) {
              long left = a.get(JAVA_LONG_UNALIGNED, (aAt + i * aStep) * 8);
              long right = b.get(JAVA_LONG_UNALIGNED, (bAt + i * bStep) * 8);
              y.set(JAVA_LONG_UNALIGNED, (yAt + i) * 8, operator.applyAsLong(left, right));
            }
          };
      return () -> nest.forEach(run);
    };
  }

  /** In 64 bits and cut to 32: the same as in 32 bits, for these functions. */
  static Routine.Binder ints(BinaryFunction function, LoopNest nest) {
    LongBinaryOperator operator = integers(function);
    return buffers -> {
      var a = buffers.input(0);
      var b = buffers.input(1);
      var y = buffers.output();
      LoopNest.Run run =
          (aAt, aStep, bAt, bStep, yAt, n) -> {
            for (long i = 0; i < n; i++) {
              int left = a.get(JAVA_INT_UNALIGNED, (aAt + i * aStep) * 4);
              int right = b.get(JAVA_INT_UNALIGNED, (bAt + i * bStep) * 4);
              y.set(JAVA_INT_UNALIGNED, (yAt + i) * 4, (int) operator.applyAsLong(left, right));
            }
          };
      return () -> nest.forEach(run);
    };
  }

  private static LongBinaryOperator integers(BinaryFunction function) {
    return switch (function) {
      case ADD -> (a, b) -> a + b;
      case SUB -> (a, b) -> a - b;
      case MUL -> (a, b) -> a * b;
      case DIV -> Arithmetic::divide;
      case PRELU -> (a, b) -> a < 0 ? a * b : a;
    };
  }

  private static long divide(long a, long b) {
    if (b == 0) {
      throw new SardonyxException(ErrorCode.ARGUMENT, "Div: integer " + a + " divided by zero");
    }
    return a / b;
  }
}
