package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.op.Recurrence;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * The activations of recurrent operators by their names, each direction's after the other. Those
 * that have parameters take them in order; their defaults are those of the operators of the same
 * names. Source: ONNX RNN, LSTM, GRU, attributes activations, activation_alpha, activation_beta.
 */
final class GateFunctions {
  private GateFunctions() {}

  static List<DoubleUnaryOperator> of(Recurrence recurrence, List<String> defaults) {
    List<String> names = new ArrayList<>(recurrence.activations());
    for (int i = 0; names.size() < defaults.size() * recurrence.direction().count(); i++) {
      names.add(defaults.get(i % defaults.size()));
    }
    Iterator<Float> alphas = recurrence.alphas().iterator();
    Iterator<Float> betas = recurrence.betas().iterator();
    List<DoubleUnaryOperator> result = new ArrayList<>();
    for (String name : names) {
      DoubleUnaryOperator function = of(name.toLowerCase(Locale.ROOT), alphas, betas);
      double clip = recurrence.clip();
      result.add(clip > 0 ? x -> function.applyAsDouble(Math.clamp(x, -clip, clip)) : function);
    }
    return result;
  }

  private static DoubleUnaryOperator of(
      String name, Iterator<Float> alphas, Iterator<Float> betas) {
    return switch (name) {
      case "relu" -> x -> Math.max(0, x);
      case "tanh" -> Math::tanh;
      case "sigmoid" -> RealFunctions::sigmoid;
      case "softsign" -> x -> x / (1 + Math.abs(x));
      case "softplus" -> RealFunctions::softplus;
      case "affine" -> {
        double alpha = next(alphas, 1);
        double beta = next(betas, 0);
        yield x -> alpha * x + beta;
      }
      case "scaledtanh" -> {
        double alpha = next(alphas, 1);
        double beta = next(betas, 1);
        yield x -> alpha * Math.tanh(beta * x);
      }
      case "hardsigmoid" -> {
        double alpha = next(alphas, 0.2f);
        double beta = next(betas, 0.5f);
        yield x -> Math.max(0, Math.min(1, alpha * x + beta));
      }
      case "leakyrelu" -> {
        double alpha = next(alphas, 0.01f);
        yield x -> x < 0 ? alpha * x : x;
      }
      case "thresholdedrelu" -> {
        double alpha = next(alphas, 1);
        yield x -> x > alpha ? x : 0;
      }
      case "elu" -> {
        double alpha = next(alphas, 1);
        yield x -> x < 0 ? alpha * Math.expm1(x) : x;
      }
      default -> throw Integers.open("the activation " + name);
    };
  }

  private static double next(Iterator<Float> given, float otherwise) {
    return given.hasNext() ? given.next() : otherwise;
  }
}
