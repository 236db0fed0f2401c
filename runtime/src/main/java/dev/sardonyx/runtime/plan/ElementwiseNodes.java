package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.BitCast;
import dev.sardonyx.api.op.BitwiseOp;
import dev.sardonyx.api.op.Cast;
import dev.sardonyx.api.op.CastLike;
import dev.sardonyx.api.op.Clip;
import dev.sardonyx.api.op.Dropout;
import dev.sardonyx.api.op.ElementwiseOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.PredicateOp;
import dev.sardonyx.api.op.TrigonometricOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.VariadicOp;
import dev.sardonyx.api.op.Where;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.kernel.BinaryFunction;
import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operand;
import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operation;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Stages as operations of an elementwise program. */
final class ElementwiseNodes {
  private final Graph graph;

  ElementwiseNodes(Graph graph) {
    this.graph = graph;
  }

  /** Whether a stage is one float32 tensor element by element from others that broadcast. */
  boolean isElementwise(Stage stage) {
    return stage.tail().equals(Tail.none())
        && stage.outputs().size() == 1
        && isFloat(stage.outputs().getFirst())
        && isFunction(stage)
        && operands(stage).stream()
            .allMatch(
                value ->
                    isFloat(value) && broadcast(value, stage.outputs().getFirst()).isPresent());
  }

  private static boolean isFloat(Value value) {
    return value.isPresent()
        && value.type() instanceof TensorType type
        && type.dtype() == DType.FLOAT32;
  }

  private boolean isFunction(Stage stage) {
    Op op = stage.op();
    return op instanceof UnaryOp && !(op instanceof UnaryOp.Identity)
        || op instanceof ActivationOp
        || op instanceof TrigonometricOp
        || op instanceof Clip && bound(stage, 1).isPresent() && bound(stage, 2).isPresent()
        || op instanceof BinaryOp binary && (isArithmetic(binary) || isSquare(stage))
        || op instanceof VariadicOp
            && !(op instanceof VariadicOp.Mean)
            && stage.inputs().size() > 1;
  }

  private static boolean isArithmetic(BinaryOp op) {
    return switch (op) {
      case BinaryOp.Add _, BinaryOp.Sub _, BinaryOp.Mul _, BinaryOp.Div _ -> true;
      case BinaryOp.Mod _, BinaryOp.Pow _, BinaryOp.PRelu _ -> false;
    };
  }

  /** Whether a stage is x to the power of a constant 2, which is x * x to the last bit. */
  private boolean isSquare(Stage stage) {
    return stage.op() instanceof BinaryOp.Pow && constant(stage, 1).filter(c -> c == 2).isPresent();
  }

  /** The one element of a constant input. */
  private Optional<Double> constant(Stage stage, int input) {
    DenseTensor tensor = graph.initializers().get(stage.inputs().get(input).name());
    return tensor == null || tensor.elements() != 1
        ? Optional.empty()
        : Optional.of(tensor.dtype().isFloat() ? tensor.doubleAt(0) : (double) tensor.longAt(0));
  }

  /** A constant bound of Clip, infinite where it is left out. */
  private Optional<Double> bound(Stage stage, int input) {
    boolean there = input < stage.inputs().size() && stage.inputs().get(input).isPresent();
    double none = input == 1 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    return there ? constant(stage, input) : Optional.of(none);
  }

  /** The inputs that an operation reads; constants of its own are none. */
  List<Value> operands(Stage stage) {
    boolean one = stage.op() instanceof Clip || stage.op() instanceof BinaryOp.Pow;
    return one ? stage.inputs().subList(0, 1) : stage.inputs();
  }

  /**
   * The operations of a stage.
   *
   * @param next the number of the first one's value
   * @param numbers the values by name
   */
  List<Operation> operations(Stage stage, int next, ToIntFunction<Value> numbers) {
    int[] from = operands(stage).stream().mapToInt(numbers).toArray();
    return switch ((ElementwiseOp) stage.op()) {
      case UnaryOp op -> unary(UnaryRoutines.function(op), from);
      case ActivationOp op -> unary(UnaryRoutines.function(op), from);
      case TrigonometricOp op -> unary(UnaryRoutines.function(op), from);
      case Clip _ -> {
        double low = bound(stage, 1).orElseThrow();
        double high = bound(stage, 2).orElseThrow();
        yield unary(new UnaryFunction.Clip((float) low, (float) high), from);
      }
      case BinaryOp.Pow _ -> List.of(new Operation.Binary(BinaryFunction.MUL, from[0], from[0]));
      case BinaryOp op ->
          List.of(new Operation.Binary(BinaryRoutines.function(op), from[0], from[1]));
      case VariadicOp op -> {
        BinaryFunction function = BinaryRoutines.function(op);
        List<Operation> operations = new ArrayList<>();
        int so = from[0];
        for (int i = 1; i < from.length; i++) {
          operations.add(new Operation.Binary(function, so, from[i]));
          so = next + i - 1;
        }
        yield operations;
      }
      case BitCast _, BitwiseOp _, Cast _, CastLike _, Dropout _, PredicateOp _, Where _ ->
          throw new AssertionError(stage.op()); // no function, asked before
    };
  }

  private static List<Operation> unary(UnaryFunction function, int[] from) {
    return List.of(new Operation.Unary(function, from[0]));
  }

  /**
   * How a value broadcasts to another, where its axes that do not repeat lie side by side.
   *
   * @param y a value of fixed shape
   */
  static Optional<Operand> broadcast(Value value, Value y) {
    long[] output = y.tensorType().shape().sizes();
    long[] sizes = value.tensorType().shape().sizes();
    int missing = output.length - sizes.length;
    long period = 1;
    long repeat = 1;
    long inner = 1; // axes of 1 that may turn out to lie between others
    for (int axis = output.length - 1; axis >= 0; axis--) {
      boolean own = axis >= missing && sizes[axis - missing] == output[axis];
      if (output[axis] == 1) {
        continue;
      }
      if (!own) {
        inner *= output[axis];
      } else if (period == 1) {
        repeat = inner;
        period = output[axis];
        inner = 1;
      } else if (inner > 1) {
        return Optional.empty();
      } else {
        period *= output[axis];
      }
    }
    if (period == 1) {
      return Optional.of(Operand.single());
    }
    boolean full = period == y.tensorType().shape().elements().fixed();
    return Optional.of(full ? Operand.full() : new Operand(period, repeat));
  }
}
