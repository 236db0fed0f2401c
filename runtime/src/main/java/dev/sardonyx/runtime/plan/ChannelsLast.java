package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Concat;
import dev.sardonyx.api.op.ConvolutionOp;
import dev.sardonyx.api.op.DequantizeLinear;
import dev.sardonyx.api.op.ElementwiseOp;
import dev.sardonyx.api.op.IntegerProductOp;
import dev.sardonyx.api.op.NormalizationOp.BatchNormalization;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.PoolOp.AveragePool;
import dev.sardonyx.api.op.PoolOp.GlobalAveragePool;
import dev.sardonyx.api.op.PoolOp.GlobalMaxPool;
import dev.sardonyx.api.op.PoolOp.MaxPool;
import dev.sardonyx.api.op.QuantizeLinear;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Stores float32 tensors of convolutions and pools (N, spatial..., C), where a pixel is a row of a
 * product and lanes are channels. What works element by element follows; all else gets tensors in
 * ONNX's order. Between the two stand transpositions, or views where the order is the same.
 */
final class ChannelsLast {
  private final Set<String> names = new HashSet<>();
  private final Map<String, Value> last = new HashMap<>();
  private final Set<String> plain = new HashSet<>();
  private final List<Stage> result = new ArrayList<>();

  private ChannelsLast() {}

  /**
   * The stages with what converts between them; outputs of the graph keep their names and order.
   *
   * @param outputs those of the graph
   */
  static List<Stage> rewrite(List<Stage> stages, List<Value> outputs) {
    if (stages.stream().noneMatch(ChannelsLast::isAnchor)) {
      return stages;
    }
    var rewriting = new ChannelsLast();
    for (Stage stage : stages) {
      stage.inputs().forEach(value -> rewriting.names.add(value.name()));
      stage.outputs().forEach(value -> rewriting.names.add(value.name()));
    }
    stages.forEach(rewriting::add);
    Stage end = stages.getLast();
    outputs.forEach(output -> rewriting.plain(output, end));
    return rewriting.result;
  }

  private void add(Stage stage) {
    if (isAnchor(stage)) {
      result.add(anchor(stage));
    } else if (follows(stage)) {
      result.add(following(stage));
    } else if (moves(stage)) {
      Value there = last(stage.inputs().getFirst(), stage);
      plain.add(output(stage).name());
      result.add(conversion(stage, new Reshape(false), there, output(stage)));
    } else {
      List<Value> inputs = stage.inputs().stream().map(value -> plain(value, stage)).toList();
      stage.outputs().forEach(output -> plain.add(output.name()));
      result.add(new Stage(stage.node(), inputs, stage.outputs(), stage.tail(), stage.order()));
    }
  }

  /** What is faster with its channels last. */
  private static boolean isAnchor(Stage stage) {
    boolean single = stage.outputs().stream().filter(Value::isPresent).count() == 1;
    boolean wants =
        switch (stage.op()) {
          case ConvolutionOp _, AveragePool _, GlobalAveragePool _, GlobalMaxPool _ -> true;
          case MaxPool _ -> true;
          case IntegerProductOp.QLinearConv _, IntegerProductOp.ConvInteger _ -> true;
          case BatchNormalization op -> !op.trainingMode();
          default -> false; // a handful of all operators; the rest keeps ONNX's order
        };
    if (!wants || !single) {
      return false; // others may have no inputs at all
    }
    Value x = stage.inputs().getFirst();
    boolean integers = stage.op() instanceof IntegerProductOp || stage.op() instanceof MaxPool;
    return isFloats(x) && isFloats(output(stage))
        || integers && isPicture(x, IntegerOperands::isByte) && isPicture(output(stage), _ -> true);
  }

  /** Whether a stage moves the channels of a value last that has them there already. */
  private boolean moves(Stage stage) {
    if (!(stage.op() instanceof Transpose op)) {
      return false;
    }
    Value x = stage.inputs().getFirst();
    return last.containsKey(x.name()) && op.order(x.tensorType().rank()).equals(toLast(x));
  }

  private static boolean isFloats(Value value) {
    return isPicture(value, type -> type == DType.FLOAT32);
  }

  private static boolean isPicture(Value value, Predicate<DType> wanted) {
    return value.type() instanceof TensorType type
        && wanted.test(type.dtype())
        && type.shape().isFixed()
        && type.rank() > 2
        && type.shape().elements().fixed() > 0;
  }

  private static Value output(Stage stage) {
    return stage.outputs().getFirst();
  }

  private Stage anchor(Stage stage) {
    List<Value> inputs = new ArrayList<>(stage.inputs());
    Value x = inputs.getFirst();
    boolean planes =
        PlaneRoutine.fits(stage) && !(last.containsKey(x.name()) && !plain.contains(x.name()));
    inputs.set(0, planes ? plain(x, stage) : last(x, stage));
    int residual = stage.tail().residual().orElse(0);
    if (residual != 0) {
      inputs.set(residual, last(inputs.get(residual), stage));
    }
    for (int i = 1; i < inputs.size(); i++) {
      if (i != residual) {
        inputs.set(i, plain(inputs.get(i), stage));
      }
    }
    Order order = planes ? Order.TO_LAST : Order.LAST;
    return new Stage(stage.node(), inputs, List.of(produced(stage)), stage.tail(), order);
  }

  /** Whether a stage goes element by element over something that has its channels last. */
  private boolean follows(Stage stage) {
    boolean quantizes = isQuantization(stage);
    boolean moves =
        stage.op() instanceof ElementwiseOp || stage.op() instanceof Concat || quantizes;
    if (!moves || stage.outputs().size() != 1 || !(output(stage).type() instanceof TensorType to)) {
      return false;
    }
    boolean fits =
        stage.inputs().stream()
            .allMatch(
                value ->
                    !value.isPresent()
                        || value.type() instanceof TensorType type
                            && type.shape().isFixed()
                            && type.rank() <= to.rank());
    return fits
        && stage.inputs().stream()
            .anyMatch(value -> last.containsKey(value.name()) && !plain.contains(value.name()))
        && stage.inputs().stream()
            .filter(value -> last.containsKey(value.name()))
            .allMatch(value -> value.tensorType().rank() == to.rank());
  }

  /** Whether a stage quantises or dequantises with one scale for all. */
  private static boolean isQuantization(Stage stage) {
    return switch (stage.op()) {
      case QuantizeLinear op -> op.granularity().isSingle(shape(stage));
      case DequantizeLinear op -> op.granularity().isSingle(shape(stage));
      default -> false; // others have no scales, or several
    };
  }

  private static Shape shape(Stage stage) {
    return stage.inputs().get(1).tensorType().shape();
  }

  private Stage following(Stage stage) {
    int rank = output(stage).tensorType().rank();
    List<Value> inputs = new ArrayList<>();
    for (Value input : stage.inputs()) {
      boolean single =
          !input.isPresent()
              || input.tensorType().rank() == 0
              || isQuantization(stage) && !inputs.isEmpty();
      inputs.add(single ? input : last(raised(input, rank, stage), stage));
    }
    Node node = stage.node();
    Op op =
        node.op() instanceof Concat concat
            ? new Concat(moved(Math.floorMod(concat.axis(), rank), rank))
            : node.op();
    Node same = new Node(node.name(), op, node.inputs(), node.outputs(), node.origin());
    return new Stage(same, inputs, List.of(produced(stage)), stage.tail(), Order.FIRST);
  }

  /** Where an axis of ONNX's order is. */
  private static int moved(int axis, int rank) {
    return axis == 0 ? 0 : axis == 1 ? rank - 1 : axis - 1;
  }

  /** A value with dims of 1 in front, as broadcasting takes it. */
  private Value raised(Value value, int rank, Stage user) {
    TensorType type = value.tensorType();
    if (type.rank() == rank) {
      return value;
    }
    long[] sizes = new long[rank];
    Arrays.fill(sizes, 1);
    long[] own = type.shape().sizes();
    System.arraycopy(own, 0, sizes, rank - own.length, own.length);
    var raised = new Value(fresh(value.name()), new TensorType(type.dtype(), Shape.of(sizes)));
    result.add(conversion(user, new Reshape(false), value, raised));
    plain.add(raised.name());
    return raised;
  }

  /** The output of a stage that gives its channels last. */
  private Value produced(Stage stage) {
    Value output = output(stage);
    var value = new Value(fresh(output.name()), permuted(output.tensorType(), toLast(output)));
    last.put(output.name(), value);
    return value;
  }

  private Value last(Value value, Stage user) {
    Value there = last.get(value.name());
    if (there != null) {
      return there;
    }
    List<Integer> perm = toLast(value);
    var converted = new Value(fresh(value.name()), permuted(value.tensorType(), perm));
    result.add(conversion(user, perm, value, converted));
    last.put(value.name(), converted);
    plain.add(value.name());
    return converted;
  }

  private Value plain(Value value, Stage user) {
    Value there = last.get(value.name());
    if (there != null && plain.add(value.name())) {
      int rank = value.tensorType().rank();
      List<Integer> perm = IntStream.range(0, rank).map(axis -> moved(axis, rank)).boxed().toList();
      result.add(conversion(user, perm, there, value));
    }
    return value;
  }

  private static List<Integer> toLast(Value value) {
    int rank = value.tensorType().rank();
    return IntStream.range(0, rank)
        .map(axis -> axis == 0 ? 0 : axis == rank - 1 ? 1 : axis + 1)
        .boxed()
        .toList();
  }

  private static TensorType permuted(TensorType type, List<Integer> perm) {
    long[] sizes = type.shape().sizes();
    return new TensorType(
        type.dtype(), Shape.of(perm.stream().mapToLong(axis -> sizes[axis]).toArray()));
  }

  /** A transposition, or a view where the elements stay in order. */
  private static Stage conversion(Stage user, List<Integer> perm, Value from, Value to) {
    long[] sizes = from.tensorType().shape().sizes();
    int[] wide = perm.stream().mapToInt(axis -> axis).filter(axis -> sizes[axis] != 1).toArray();
    boolean ordered = IntStream.range(1, wide.length).allMatch(i -> wide[i - 1] < wide[i]);
    return conversion(user, ordered ? new Reshape(false) : new Transpose(perm), from, to);
  }

  private static Stage conversion(Stage user, Op op, Value from, Value to) {
    Node node = user.node();
    return Stage.of(new Node(node.name(), op, List.of(from), List.of(to), node.origin()));
  }

  private String fresh(String name) {
    String fresh = name + "@last";
    for (int i = 1; !names.add(fresh); i++) {
      fresh = name + "@last" + i;
    }
    return fresh;
  }
}
