package dev.sardonyx.runtime.generate.recover;

import static dev.sardonyx.runtime.generate.recover.Java.functional;
import static dev.sardonyx.runtime.generate.recover.Java.layer;
import static dev.sardonyx.runtime.generate.recover.Java.real;
import static dev.sardonyx.runtime.generate.recover.Java.whole;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.ELU;
import dev.sardonyx.api.nn.GELU;
import dev.sardonyx.api.nn.Hardsigmoid;
import dev.sardonyx.api.nn.Hardswish;
import dev.sardonyx.api.nn.Hardtanh;
import dev.sardonyx.api.nn.LeakyReLU;
import dev.sardonyx.api.nn.LogSoftmax;
import dev.sardonyx.api.nn.Mish;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.ReLU6;
import dev.sardonyx.api.nn.SiLU;
import dev.sardonyx.api.nn.Sigmoid;
import dev.sardonyx.api.nn.Softmax;
import dev.sardonyx.api.nn.Softplus;
import dev.sardonyx.api.nn.Softsign;
import dev.sardonyx.api.nn.Tanh;
import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Clip;
import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.recover.Step.LayerUse;
import java.util.List;
import java.util.Optional;

/** Reads activations, of which each may be a layer or a function. */
final class ActivationReader {
  private static final double ROOT_OF_TWO = Math.sqrt(2);

  private final Facts facts;

  ActivationReader(Facts facts) {
    this.facts = facts;
  }

  Optional<Reading> read(Node node) {
    Value x = node.inputs().isEmpty() ? Value.absent() : node.inputs().getFirst();
    return switch (node.op()) {
      case UnaryOp.Relu _ -> plain(x, "relu", ReLU.class);
      case UnaryOp.Sigmoid _ -> plain(x, "sigmoid", Sigmoid.class);
      case UnaryOp.Tanh _ -> plain(x, "tanh", Tanh.class);
      case ActivationOp.HardSwish _ -> plain(x, "hardswish", Hardswish.class);
      case ActivationOp.Mish _ -> plain(x, "mish", Mish.class);
      case ActivationOp.Softplus _ -> plain(x, "softplus", Softplus.class);
      case ActivationOp.Softsign _ -> plain(x, "softsign", Softsign.class);
      case ActivationOp.HardSigmoid(float alpha, float beta)
          when Math.abs(alpha - 1 / 6f) < 1e-6 && beta == 0.5f ->
          plain(x, "hardsigmoid", Hardsigmoid.class);
      case ActivationOp.LeakyRelu(float alpha) ->
          with(x, "leakyRelu", LeakyReLU.class, real(alpha));
      case ActivationOp.Elu(float alpha) -> with(x, "elu", ELU.class, real(alpha));
      case ActivationOp.Gelu(String form) ->
          form.equals("none")
              ? plain(x, "gelu", GELU.class)
              : with(x, "gelu", GELU.class, new Expression.Text(form));
      case NormalizationOp.Softmax(int axis) -> with(x, "softmax", Softmax.class, whole(axis));
      case NormalizationOp.LogSoftmax(int axis) ->
          with(x, "logSoftmax", LogSoftmax.class, whole(axis));
      case Clip _ -> clip(node, x);
      case BinaryOp.Mul _ -> silu(node).or(() -> gelu(node));
      default -> Optional.empty();
    };
  }

  private static Optional<Reading> plain(Value x, String function, Class<?> type) {
    return Optional.of(
        Reading.either(
            "out",
            names -> functional(function, names.tensor(x.name())),
            LayerUse.stateless(layer(type)),
            x));
  }

  private static Optional<Reading> with(
      Value x, String function, Class<?> type, Expression argument) {
    return Optional.of(
        Reading.either(
            function.endsWith("oftmax") ? "probabilities" : "out",
            names -> functional(function, names.tensor(x.name()), argument),
            LayerUse.stateless(layer(type, argument)),
            x));
  }

  private Optional<Reading> clip(Node node, Value x) {
    boolean bounded = node.inputs().size() == 3 && Facts.type(x).dtype() == DType.FLOAT32;
    Optional<Double> low = bounded ? facts.number(node.inputs().get(1)) : Optional.empty();
    Optional<Double> high = bounded ? facts.number(node.inputs().get(2)) : Optional.empty();
    if (low.isEmpty() || high.isEmpty()) {
      return Optional.empty();
    }
    return low.get() == 0 && high.get() == 6
        ? plain(x, "relu6", ReLU6.class)
        : Optional.of(
            Reading.either(
                "out",
                names ->
                    functional(
                        "hardtanh",
                        names.tensor(x.name()),
                        real(low.get().floatValue()),
                        real(high.get().floatValue())),
                LayerUse.stateless(
                    layer(
                        Hardtanh.class,
                        real(low.get().floatValue()),
                        real(high.get().floatValue()))),
                x));
  }

  /** x * sigmoid(x). */
  private Optional<Reading> silu(Node node) {
    for (int side = 0; side < 2; side++) {
      Value x = node.inputs().get(side);
      Value gate = node.inputs().get(1 - side);
      Optional<Node> maker = madeBy(gate, UnaryOp.Sigmoid.class);
      if (maker.isPresent() && maker.get().inputs().getFirst().equals(x)) {
        return plain(x, "silu", SiLU.class).map(reading -> reading.absorbing(maker.get()));
      }
    }
    return Optional.empty();
  }

  /** x * (1 + erf(x / sqrt(2))) * 0.5, in the orders that exporters write it in. */
  private Optional<Reading> gelu(Node node) {
    for (int side = 0; side < 2; side++) {
      Value a = node.inputs().get(side);
      Value b = node.inputs().get(1 - side);
      // (x * cdf) * 0.5
      Optional<Node> product = madeBy(a, BinaryOp.Mul.class);
      if (product.isPresent() && isNumber(b, 0.5)) {
        List<Value> both = product.get().inputs();
        Optional<Reading> found =
            gelu(both.get(0), both.get(1), product.get())
                .or(() -> gelu(both.get(1), both.get(0), product.get()));
        if (found.isPresent()) {
          return found;
        }
      }
      // (x * 0.5) * cdf
      if (product.isPresent()) {
        for (int half = 0; half < 2; half++) {
          Value x = product.get().inputs().get(1 - half);
          if (isNumber(product.get().inputs().get(half), 0.5)) {
            Optional<Reading> found = gelu(x, b, product.get());
            if (found.isPresent()) {
              return found;
            }
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Whether one is 1 + erf(x / sqrt(2)) of the other. */
  private Optional<Reading> gelu(Value x, Value cdf, Node product) {
    Optional<Node> sum = madeBy(cdf, BinaryOp.Add.class);
    for (int side = 0; sum.isPresent() && side < 2; side++) {
      Optional<Node> erf = madeBy(sum.get().inputs().get(side), UnaryOp.Erf.class);
      if (erf.isPresent() && isNumber(sum.get().inputs().get(1 - side), 1)) {
        Value inner = erf.get().inputs().getFirst();
        Optional<Node> scaled =
            madeBy(inner, BinaryOp.Div.class)
                .filter(maker -> isNumber(maker.inputs().get(1), ROOT_OF_TWO))
                .or(
                    () ->
                        madeBy(inner, BinaryOp.Mul.class)
                            .filter(maker -> isNumber(maker.inputs().get(1), 1 / ROOT_OF_TWO)));
        if (scaled.isPresent() && scaled.get().inputs().getFirst().equals(x)) {
          return plain(x, "gelu", GELU.class)
              .map(reading -> reading.absorbing(product, sum.get(), erf.get(), scaled.get()));
        }
      }
    }
    return Optional.empty();
  }

  private boolean isNumber(Value value, double expected) {
    return facts.number(value).filter(found -> Math.abs(found - expected) < 1e-6).isPresent();
  }

  private Optional<Node> madeBy(Value value, Class<?> op) {
    return facts
        .producer(value)
        .filter(node -> op.isInstance(node.op()) && facts.isUsedOnce(value));
  }
}
