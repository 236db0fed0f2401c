package dev.sardonyx.runtime.kernel;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;

import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operation;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The functions that C2 makes vectors of, as bytecode from operands to a result on the stack: the
 * same bits as their definitions have when these are rounded once. There is no branch in them: C2
 * leaves loops with branches alone.
 */
final class LoopCode {
  private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
  private static final MethodTypeDesc FLOAT = MethodTypeDesc.of(CD_float, CD_float);
  private static final MethodTypeDesc FLOATS = MethodTypeDesc.of(CD_float, CD_float, CD_float);
  private static final MethodTypeDesc DOUBLE = MethodTypeDesc.of(CD_double, CD_double);
  private static final MethodTypeDesc DOUBLES = MethodTypeDesc.of(CD_double, CD_double, CD_double);

  private LoopCode() {}

  /** Whether there is such code. */
  static boolean has(Operation operation) {
    return of(operation) != null;
  }

  /** An operation; null where there is no such code. */
  static @Nullable Consumer<CodeBuilder> of(Operation operation) {
    return switch (operation) {
      case Operation.Unary unary -> of(unary.function());
      case Operation.Binary binary -> of(binary.function());
    };
  }

  /** A function of one float; null where there is no such code. */
  private static @Nullable Consumer<CodeBuilder> of(UnaryFunction function) {
    return switch (function) {
      case UnaryFunction.Relu() -> code -> code.fconst_0().invokestatic(MATH, "max", FLOATS);
      case UnaryFunction.LeakyRelu(float alpha) when alpha > 0 -> leakyRelu(alpha);
      case UnaryFunction.Clip clip when isPlain(clip) -> clip(clip);
      case UnaryFunction.Sqrt() -> inDouble("sqrt");
      case UnaryFunction.Neg() -> CodeBuilder::fneg;
      case UnaryFunction.Abs() -> code -> code.invokestatic(MATH, "abs", FLOAT);
      // -0 + 0 is 0
      case UnaryFunction.Sign() ->
          code -> code.invokestatic(MATH, "signum", FLOAT).fconst_0().fadd();
      case UnaryFunction.Ceil() -> inDouble("ceil");
      case UnaryFunction.Floor() -> inDouble("floor");
      case UnaryFunction.Round() -> inDouble("rint");
      case UnaryFunction.Reciprocal() -> code -> code.fconst_1().swap().fdiv();
      case UnaryFunction.HardSigmoid(float alpha, float beta) ->
          code -> unit(code.f2d().loadConstant((double) alpha).dmul(), beta).d2f();
      case UnaryFunction.HardSwish() ->
          code -> unit(code.f2d().dup2().loadConstant(1.0 / 6).dmul(), 0.5).dmul().d2f();
      case UnaryFunction.Softsign() ->
          code ->
              code.f2d().dup2().invokestatic(MATH, "abs", DOUBLE).dconst_1().dadd().ddiv().d2f();
      case UnaryFunction.LeakyRelu _,
          UnaryFunction.Clip _,
          UnaryFunction.Sigmoid _,
          UnaryFunction.Tanh _,
          UnaryFunction.Exp _,
          UnaryFunction.Log _,
          UnaryFunction.Sin _,
          UnaryFunction.Cos _,
          UnaryFunction.Erf _,
          UnaryFunction.Gelu _,
          UnaryFunction.GeluTanh _,
          UnaryFunction.Elu _,
          UnaryFunction.Mish _,
          UnaryFunction.Softplus _,
          UnaryFunction.ThresholdedRelu _,
          UnaryFunction.Shrink _,
          UnaryFunction.Swish _,
          UnaryFunction.Trigonometric _ ->
          null;
    };
  }

  /** A function of two floats; null where there is no such code. */
  private static @Nullable Consumer<CodeBuilder> of(BinaryFunction function) {
    return switch (function) {
      case ADD -> CodeBuilder::fadd;
      case SUB -> CodeBuilder::fsub;
      case MUL -> CodeBuilder::fmul;
      case DIV -> CodeBuilder::fdiv;
      case MAX -> code -> code.invokestatic(MATH, "max", FLOATS);
      case MIN -> code -> code.invokestatic(MATH, "min", FLOATS);
      case REMAINDER, MODULO, POW, PRELU -> null;
    };
  }

  private static Consumer<CodeBuilder> inDouble(String function) {
    return code -> code.f2d().invokestatic(MATH, function, DOUBLE).d2f();
  }

  /** The larger of x and alpha x for slopes up to 1, the smaller for others. */
  private static Consumer<CodeBuilder> leakyRelu(float alpha) {
    String choice = alpha <= 1 ? "max" : "min";
    return code -> code.dup().loadConstant(alpha).fmul().invokestatic(MATH, choice, FLOATS);
  }

  /** Where a bound is a zero, of both zeros it wins; for Math.max and Math.min the larger does. */
  private static boolean isPlain(UnaryFunction.Clip clip) {
    boolean low = Float.floatToRawIntBits(clip.low()) != Float.floatToRawIntBits(-0f);
    boolean high = Float.floatToRawIntBits(clip.high()) != Float.floatToRawIntBits(0f);
    return low && high && !Float.isNaN(clip.low()) && !Float.isNaN(clip.high());
  }

  private static Consumer<CodeBuilder> clip(UnaryFunction.Clip clip) {
    return code -> {
      if (clip.low() > Float.NEGATIVE_INFINITY) {
        code.loadConstant(clip.low()).invokestatic(MATH, "max", FLOATS);
      }
      if (clip.high() < Float.POSITIVE_INFINITY) {
        code.loadConstant(clip.high()).invokestatic(MATH, "min", FLOATS);
      }
    };
  }

  /** max(0, min(1, d + summand)) of the double d on the stack. */
  private static CodeBuilder unit(CodeBuilder code, double summand) {
    return code.loadConstant(summand)
        .dadd()
        .dconst_1()
        .invokestatic(MATH, "min", DOUBLES)
        .dconst_0()
        .invokestatic(MATH, "max", DOUBLES);
  }
}
