package dev.sardonyx.runtime.generate.recover;

import static dev.sardonyx.runtime.generate.recover.Java.option;
import static dev.sardonyx.runtime.generate.recover.Java.whole;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.GroupNorm;
import dev.sardonyx.api.nn.InstanceNorm1d;
import dev.sardonyx.api.nn.InstanceNorm2d;
import dev.sardonyx.api.nn.InstanceNorm3d;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.OwnStatisticsOp.InstanceNormalization;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.recover.Step.LayerUse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads norms with statistics of each sample: InstanceNorm, and GroupNorm as exporters write it.
 */
final class NormReader {
  private final Facts facts;

  NormReader(Facts facts) {
    this.facts = facts;
  }

  Optional<Reading> read(Node node) {
    return switch (node.op()) {
      case InstanceNormalization norm -> instanceNorm(node, norm);
      case BinaryOp.Add _ -> groupNorm(node);
      default -> Optional.empty();
    };
  }

  private Optional<Reading> instanceNorm(Node node, InstanceNormalization norm) {
    Value x = node.inputs().getFirst();
    Optional<DenseTensor> scale = facts.constant(node.inputs().get(1));
    Optional<DenseTensor> bias = facts.constant(node.inputs().get(2));
    int rank = Facts.hasRank(x) ? Facts.type(x).rank() - 2 : 0;
    if (scale.isEmpty() || bias.isEmpty() || rank < 1 || rank > 3) {
      return Optional.empty();
    }
    List<Class<?>> types =
        List.of(InstanceNorm1d.class, InstanceNorm2d.class, InstanceNorm3d.class);
    String path = WeightNames.module(node.inputs().get(1), "weight");
    boolean plain = path.isEmpty() && isAll(scale.get(), 1) && isAll(bias.get(), 0);
    Map<String, DenseTensor> weights = new LinkedHashMap<>();
    if (!plain) {
      weights.put("weight", scale.get());
      weights.put("bias", bias.get());
    }
    Expression.New made =
        Java.layer(
            types.get(rank - 1),
            whole(scale.get().elements()),
            Java.options(
                option("eps", Java.real(norm.epsilon())), option("affine", Java.truth(!plain))));
    return Optional.of(Reading.layer(new LayerUse(made, weights, path, ""), x));
  }

  /** The groups as channels of an InstanceNormalization without scale, then scale and bias. */
  private Optional<Reading> groupNorm(Node node) {
    for (int side = 0; side < 2; side++) {
      Value bias = behindDims(node.inputs().get(side));
      Optional<Node> product = madeBy(node.inputs().get(1 - side), BinaryOp.Mul.class);
      for (int other = 0; product.isPresent() && other < 2; other++) {
        Value scale = behindDims(product.get().inputs().get(other));
        Optional<Node> shaped = madeBy(product.get().inputs().get(1 - other), Reshape.class);
        Optional<Node> norm =
            shaped.flatMap(view -> madeBy(view.inputs().getFirst(), InstanceNormalization.class));
        if (norm.isPresent()) {
          Optional<Reading> found = groupNorm(norm.get(), shaped.get(), scale, bias);
          if (found.isPresent()) {
            return found.map(reading -> reading.absorbing(product.get(), shaped.get(), norm.get()));
          }
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Reading> groupNorm(Node norm, Node shaped, Value scale, Value bias) {
    Optional<Node> grouped = madeBy(norm.inputs().getFirst(), Reshape.class);
    Optional<DenseTensor> weight = facts.constant(scale);
    Optional<DenseTensor> shift = facts.constant(bias);
    Optional<DenseTensor> ones = facts.constant(norm.inputs().get(1));
    Optional<DenseTensor> zeros = facts.constant(norm.inputs().get(2));
    boolean known =
        grouped.isPresent()
            && weight.isPresent()
            && shift.isPresent()
            && ones.filter(tensor -> isAll(tensor, 1)).isPresent()
            && zeros.filter(tensor -> isAll(tensor, 0)).isPresent();
    if (!known) {
      return Optional.empty();
    }
    Value x = grouped.get().inputs().getFirst();
    long channels = weight.get().elements();
    boolean fits =
        Facts.hasRank(x)
            && Facts.hasRank(shaped.output())
            && Facts.type(x).shape().equals(Facts.type(shaped.output()).shape())
            && Facts.type(x).rank() > 2
            && Facts.type(x).dim(1).equals(Dim.of(channels))
            && shift.get().elements() == channels
            && Facts.type(norm.inputs().getFirst()).rank() == 3;
    if (!fits) {
      return Optional.empty();
    }
    float eps = ((InstanceNormalization) norm.op()).epsilon();
    Expression.New made =
        Java.layer(
            GroupNorm.class,
            whole(ones.get().elements()),
            whole(channels),
            Java.options(option("eps", Java.real(eps))));
    Map<String, DenseTensor> weights = new LinkedHashMap<>();
    weights.put("weight", weight.get().reshaped(Shape.of(channels)));
    weights.put("bias", shift.get().reshaped(Shape.of(channels)));
    String path = WeightNames.module(scale, "weight");
    return Optional.of(Reading.layer(new LayerUse(made, weights, path, ""), x));
  }

  /** The value behind the nodes that only put dims of 1 to a constant. */
  private Value behindDims(Value given) {
    Optional<Node> maker =
        facts.producer(given).filter(node -> node.op() instanceof AxesOp.Unsqueeze);
    return maker.isPresent() ? behindDims(maker.get().inputs().getFirst()) : given;
  }

  private Optional<Node> madeBy(Value value, Class<?> op) {
    return facts
        .producer(value)
        .filter(node -> op.isInstance(node.op()) && facts.isUsedOnce(value));
  }

  private static boolean isAll(DenseTensor tensor, double number) {
    for (long i = 0; i < tensor.elements(); i++) {
      if (tensor.doubleAt(i) != number) {
        return false;
      }
    }
    return true;
  }
}
