package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** A function that a recurrent operator names, with its parameters. */
@FunctionalInterface
interface RecurrentActivation {

  /** y[yAt + i] = function(x[xAt + i]) for i &lt; n. Works in place. */
  void apply(MemorySegment x, long xAt, MemorySegment y, long yAt, long n);

  /** The activations of all directions in order; parameters go to those that take one, in order. */
  static List<RecurrentActivation> of(RecurrentOp op, Elements elements, Kernels kernels) {
    Iterator<Float> alphas = op.recurrence().alphas().iterator();
    Iterator<Float> betas = op.recurrence().betas().iterator();
    List<RecurrentActivation> result = new ArrayList<>();
    for (String name : op.activations()) {
      result.add(of(name.toLowerCase(Locale.ROOT), alphas, betas, elements, kernels));
    }
    return List.copyOf(result);
  }

  private static RecurrentActivation of(
      String name,
      Iterator<Float> alphas,
      Iterator<Float> betas,
      Elements elements,
      Kernels kernels) {
    return switch (name) {
      case "relu" -> kernel(new UnaryFunction.Relu(), kernels);
      case "sigmoid" -> kernel(new UnaryFunction.Sigmoid(), kernels);
      case "tanh" -> kernel(new UnaryFunction.Tanh(), kernels);
      case "leakyrelu" -> kernel(new UnaryFunction.LeakyRelu(next(alphas, 0.01f)), kernels);
      case "softplus" ->
          loop(elements, v -> v > 0 ? v + Math.log1p(Math.exp(-v)) : Math.log1p(Math.exp(v)));
      case "softsign" -> loop(elements, v -> v / (1 + Math.abs(v)));
      case "elu" -> {
        double alpha = next(alphas, 1);
        yield loop(elements, v -> v < 0 ? alpha * Math.expm1(v) : v);
      }
      case "thresholdedrelu" -> {
        double alpha = next(alphas, 1);
        yield loop(elements, v -> v > alpha ? v : 0);
      }
      case "affine" -> {
        double alpha = required(alphas, "Affine", "alpha");
        double beta = next(betas, 0);
        yield loop(elements, v -> alpha * v + beta);
      }
      case "scaledtanh" -> {
        double alpha = required(alphas, "ScaledTanh", "alpha");
        double beta = required(betas, "ScaledTanh", "beta");
        yield loop(elements, v -> alpha * Math.tanh(beta * v));
      }
      case "hardsigmoid" -> {
        double alpha = next(alphas, 0.2f);
        double beta = next(betas, 0.5f);
        yield loop(elements, v -> Math.clamp(alpha * v + beta, 0.0, 1.0));
      }
      // The operator has refused all others.
      default -> throw new AssertionError(name);
    };
  }

  private static float next(Iterator<Float> given, float otherwise) {
    return given.hasNext() ? given.next() : otherwise;
  }

  /** ONNX gives no default where no operator of ai.onnx has the function; engines differ. */
  private static float required(Iterator<Float> given, String function, String parameter) {
    if (!given.hasNext()) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED,
          "the activation " + function + " is not computed without activation_" + parameter);
    }
    return given.next();
  }

  private static RecurrentActivation kernel(UnaryFunction function, Kernels kernels) {
    return (x, xAt, y, yAt, n) -> kernels.unary(function, x, xAt, y, yAt, n);
  }

  /** The rare ones, which have no kernel. */
  private static RecurrentActivation loop(Elements elements, DoubleUnaryOperator function) {
    return (x, xAt, y, yAt, n) -> {
      for (long i = 0; i < n; i++) {
        elements.real(y, yAt + i, function.applyAsDouble(elements.real(x, xAt + i)));
      }
    };
  }
}
