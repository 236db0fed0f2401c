package dev.sardonyx.runtime.generate.recover;

import static dev.sardonyx.runtime.generate.recover.Java.layer;
import static dev.sardonyx.runtime.generate.recover.Java.option;
import static dev.sardonyx.runtime.generate.recover.Java.real;
import static dev.sardonyx.runtime.generate.recover.Java.truth;
import static dev.sardonyx.runtime.generate.recover.Java.tuple;
import static dev.sardonyx.runtime.generate.recover.Java.whole;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.BatchNorm1d;
import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.BatchNorm3d;
import dev.sardonyx.api.nn.Conv1d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Conv3d;
import dev.sardonyx.api.nn.ConvTranspose1d;
import dev.sardonyx.api.nn.ConvTranspose2d;
import dev.sardonyx.api.nn.ConvTranspose3d;
import dev.sardonyx.api.nn.Embedding;
import dev.sardonyx.api.nn.IntTuple;
import dev.sardonyx.api.nn.LayerNorm;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.PReLU;
import dev.sardonyx.api.op.AutoPad;
import dev.sardonyx.api.op.AxesOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.ConvTranspose;
import dev.sardonyx.api.op.Gather;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.NormalizationOp.BatchNormalization;
import dev.sardonyx.api.op.OwnStatisticsOp.LayerNormalization;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.model.Expression.Option;
import dev.sardonyx.runtime.generate.model.TypeName;
import dev.sardonyx.runtime.generate.recover.Step.LayerUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads nodes that are layers with weights. */
final class LayerReader {
  private final Facts facts;

  LayerReader(Facts facts) {
    this.facts = facts;
  }

  /** The layer that ends in this node, if one does. */
  Optional<Reading> read(Node node) {
    return switch (node.op()) {
      case Conv conv -> convolution(node, conv.window(), conv.group());
      case ConvTranspose conv -> transposed(node, conv);
      case BatchNormalization norm -> batchNorm(node, norm);
      case LayerNormalization norm -> layerNorm(node, norm);
      case Gemm gemm -> gemm(node, gemm);
      case MatMul _ -> matMul(node, Optional.empty());
      case BinaryOp.Add _ -> biased(node);
      case Gather gather -> embedding(node, gather);
      case BinaryOp.PRelu _ -> prelu(node);
      default -> Optional.empty();
    };
  }

  private Optional<Reading> convolution(Node node, Window window, int groups) {
    Optional<DenseTensor> weight = facts.constant(node.inputs().get(1));
    int rank = window.rank();
    if (weight.isEmpty() || isPaddedOddly(window) || rank < 1 || rank > 3) {
      return Optional.empty();
    }
    long[] sizes = weight.get().shape().sizes();
    List<Class<?>> types = List.of(Conv1d.class, Conv2d.class, Conv3d.class);
    Expression options =
        Java.options(
            option("stride", tuple(window.strides())),
            option("padding", tuple(window.pads().subList(0, rank))),
            option("dilation", tuple(window.dilations())),
            option("groups", whole(groups)),
            option("bias", truth(has(node, 2))));
    Expression made =
        layer(
            types.get(rank - 1),
            whole(sizes[1] * groups),
            whole(sizes[0]),
            kernel(window.kernel()),
            options);
    return weighted(node, (Expression.New) made, List.of("", "weight", "bias"));
  }

  private Optional<Reading> transposed(Node node, ConvTranspose op) {
    Optional<DenseTensor> weight = facts.constant(node.inputs().get(1));
    Window window = op.window();
    int rank = window.rank();
    boolean readable = op.outputShape().isEmpty() && !isPaddedOddly(window);
    if (weight.isEmpty() || !readable || rank < 1 || rank > 3) {
      return Optional.empty();
    }
    long[] sizes = weight.get().shape().sizes();
    List<Class<?>> types =
        List.of(ConvTranspose1d.class, ConvTranspose2d.class, ConvTranspose3d.class);
    List<Option> options = new ArrayList<>();
    options.add(option("stride", tuple(window.strides())));
    options.add(option("padding", tuple(window.pads().subList(0, rank))));
    options.add(
        option(
            "outputPadding",
            op.outputPadding().isEmpty() ? List.of(whole(0)) : tuple(op.outputPadding())));
    options.add(option("groups", whole(op.group())));
    options.add(option("bias", truth(has(node, 2))));
    options.add(option("dilation", tuple(window.dilations())));
    Expression.New made =
        layer(
            types.get(rank - 1),
            whole(sizes[0]),
            whole(sizes[1] * op.group()),
            kernel(window.kernel()),
            new Expression.Options(options));
    return weighted(node, made, List.of("", "weight", "bias"));
  }

  static boolean isPaddedOddly(Window window) {
    int rank = window.rank();
    boolean fixed = window.autoPad() == AutoPad.NOTSET || window.autoPad() == AutoPad.VALID;
    return !fixed || !window.pads().subList(0, rank).equals(window.pads().subList(rank, 2 * rank));
  }

  static Expression kernel(List<Integer> sizes) {
    List<Expression> numbers = tuple(sizes);
    return numbers.size() == 1
        ? numbers.getFirst()
        : new Expression.StaticCall(TypeName.of(IntTuple.class), "of", numbers);
  }

  private Optional<Reading> batchNorm(Node node, BatchNormalization norm) {
    boolean fixed = node.inputs().subList(1, 5).stream().allMatch(facts::isConstant);
    if (norm.trainingMode() || !fixed || !Facts.hasRank(node.inputs().getFirst())) {
      return Optional.empty();
    }
    int rank = Facts.type(node.inputs().getFirst()).rank();
    Class<?> type =
        rank == 5 ? BatchNorm3d.class : rank == 4 ? BatchNorm2d.class : BatchNorm1d.class;
    long channels = facts.constant(node.inputs().get(1).name()).elements();
    Expression.New made =
        layer(type, whole(channels), Java.options(option("eps", real(norm.epsilon()))));
    return weighted(node, made, List.of("", "weight", "bias", "running_mean", "running_var"));
  }

  private Optional<Reading> layerNorm(Node node, LayerNormalization norm) {
    Value scale = node.inputs().get(1);
    if (!facts.isConstant(scale) || has(node, 2) && !facts.isConstant(node.inputs().get(2))) {
      return Optional.empty();
    }
    Shape shape = facts.constant(scale.name()).shape();
    int rank =
        Facts.hasRank(node.inputs().getFirst()) ? Facts.type(node.inputs().getFirst()).rank() : 0;
    boolean lasts = norm.axis() == -shape.rank() || norm.axis() == rank - shape.rank();
    if (!lasts || shape.rank() != 1 || !has(node, 2)) {
      return Optional.empty();
    }
    Expression.New made =
        layer(
            LayerNorm.class,
            whole(shape.sizes()[0]),
            Java.options(option("eps", real(norm.epsilon()))));
    return weighted(node, made, List.of("", "weight", "bias"));
  }

  private Optional<Reading> gemm(Node node, Gemm gemm) {
    Optional<DenseTensor> weight = facts.constant(node.inputs().get(1));
    boolean plain = gemm.alpha() == 1 && gemm.beta() == 1 && !gemm.transA();
    Optional<Value> bias = has(node, 2) ? Optional.of(node.inputs().get(2)) : Optional.empty();
    if (weight.isEmpty() || !plain || bias.isPresent() && !isVector(bias.get())) {
      return Optional.empty();
    }
    return linear(node.inputs().getFirst(), node.inputs().get(1), gemm.transB(), bias);
  }

  /** x * W, where W is a constant as it is, or one that a node transposes. */
  private Optional<Reading> matMul(Node node, Optional<Value> bias) {
    Value weight = node.inputs().get(1);
    Optional<Node> turned =
        facts
            .producer(weight)
            .filter(
                maker ->
                    maker.op() instanceof Transpose(List<Integer> perm)
                        && perm.equals(List.of(1, 0))
                        && facts.isConstant(maker.inputs().getFirst()));
    Value constant = turned.map(maker -> maker.inputs().getFirst()).orElse(weight);
    boolean matrix = facts.constant(constant).filter(tensor -> tensor.rank() == 2).isPresent();
    return matrix
        ? linear(node.inputs().getFirst(), constant, turned.isPresent(), bias)
        : Optional.empty();
  }

  /** x * W + b. */
  private Optional<Reading> biased(Node node) {
    for (int side = 0; side < 2; side++) {
      Value bias = node.inputs().get(side);
      Value product = node.inputs().get(1 - side);
      Optional<Node> maker = facts.producer(product).filter(found -> found.op() instanceof MatMul);
      if (isVector(bias) && maker.isPresent() && facts.isUsedOnce(product)) {
        return matMul(maker.get(), Optional.of(bias))
            .map(reading -> reading.absorbing(maker.get()));
      }
    }
    return Optional.empty();
  }

  private boolean isVector(Value value) {
    return facts.constant(value).filter(tensor -> tensor.rank() == 1).isPresent();
  }

  /** A weight of [in, out] is turned, because PyTorch keeps [out, in]. */
  private Optional<Reading> linear(Value x, Value weight, boolean asInTorch, Optional<Value> bias) {
    DenseTensor given = facts.constant(weight.name());
    if (given.rank() != 2 || facts.isConstant(x)) {
      return Optional.empty();
    }
    long[] sizes = given.shape().sizes();
    long out = asInTorch ? sizes[0] : sizes[1];
    long in = asInTorch ? sizes[1] : sizes[0];
    boolean fits = bias.isEmpty() || facts.constant(bias.get().name()).elements() == out;
    if (!fits) {
      return Optional.empty();
    }
    String path = WeightNames.module(weight, "weight");
    if (path.isEmpty() && bias.isPresent()) {
      path = WeightNames.module(bias.get(), "bias");
    }
    Map<String, DenseTensor> weights = new LinkedHashMap<>();
    weights.put("weight", asInTorch ? given : given.t().dense());
    bias.ifPresent(value -> weights.put("bias", facts.constant(value.name())));
    Expression.New made = layer(Linear.class, whole(in), whole(out), truth(bias.isPresent()));
    boolean named = WeightNames.speaks(weight.name()) && path.isEmpty();
    // A parameter of a module of the user's, such as in_proj_weight, is no layer.
    return named
        ? Optional.empty()
        : Optional.of(Reading.layer(new LayerUse(made, weights, path, ""), x));
  }

  private Optional<Reading> embedding(Node node, Gather gather) {
    Value weight = node.inputs().getFirst();
    Optional<DenseTensor> table = facts.constant(weight).filter(tensor -> tensor.rank() == 2);
    boolean looked = gather.axis() == 0 && !facts.isConstant(node.inputs().get(1));
    boolean named = !WeightNames.module(weight, "weight").isEmpty();
    if (table.isEmpty() || !looked || !named || !table.get().dtype().isFloat()) {
      return Optional.empty();
    }
    long[] sizes = table.get().shape().sizes();
    var use =
        new LayerUse(
            layer(Embedding.class, whole(sizes[0]), whole(sizes[1])),
            Map.of("weight", table.get()),
            WeightNames.module(weight, "weight"),
            "");
    return Optional.of(Reading.layer(use, node.inputs().get(1)));
  }

  /** The slope has dims of 1 behind the channels, which PyTorch's has not. */
  private Optional<Reading> prelu(Node node) {
    Value x = node.inputs().getFirst();
    Value weight = slope(node.inputs().get(1));
    Optional<DenseTensor> slope = facts.constant(weight);
    if (slope.isEmpty() || !Facts.hasRank(x)) {
      return Optional.empty();
    }
    long count = slope.get().elements();
    int behind = Facts.type(x).rank() - 2;
    boolean channels =
        count == 1
            || !weight.equals(node.inputs().get(1))
            || slope.get().rank() == behind + 1 && slope.get().shape().sizes()[0] == count
            || slope.get().rank() == behind + 2 && slope.get().shape().sizes()[1] == count;
    if (!channels) {
      return Optional.empty();
    }
    var use =
        new LayerUse(
            layer(PReLU.class, whole(count)),
            Map.of("weight", slope.get().reshaped(Shape.of(count))),
            WeightNames.module(weight, "weight"),
            "");
    return Optional.of(Reading.layer(use, x));
  }

  /** The constant behind the nodes that only put dims of 1 to it. */
  private Value slope(Value given) {
    Optional<Node> maker =
        facts.producer(given).filter(node -> node.op() instanceof AxesOp.Unsqueeze);
    return maker.isPresent() ? slope(maker.get().inputs().getFirst()) : given;
  }

  private static boolean has(Node node, int input) {
    return input < node.inputs().size() && node.inputs().get(input).isPresent();
  }

  /** A layer whose inputs behind the first are its weights, under these names. */
  private Optional<Reading> weighted(Node node, Expression.New made, List<String> names) {
    Map<String, DenseTensor> weights = new LinkedHashMap<>();
    String path = "";
    for (int i = 1; i < names.size() && i < node.inputs().size(); i++) {
      Value weight = node.inputs().get(i);
      if (weight.isPresent()) {
        Optional<DenseTensor> tensor = facts.constant(weight);
        if (tensor.isEmpty()) {
          return Optional.empty();
        }
        weights.put(names.get(i), tensor.get());
        path = path.isEmpty() ? WeightNames.module(weight, names.get(i)) : path;
      }
    }
    return Optional.of(
        Reading.layer(new LayerUse(made, weights, path, ""), node.inputs().getFirst()));
  }
}
