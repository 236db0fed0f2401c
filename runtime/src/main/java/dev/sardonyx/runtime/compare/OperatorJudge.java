package dev.sardonyx.runtime.compare;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.op.DynamicQuantizeLinear;
import dev.sardonyx.api.op.IntegerProductOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.QuantizeLinear;
import dev.sardonyx.api.op.ReductionOp;
import dev.sardonyx.api.op.TopK;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongPredicate;

/**
 * Judges what a node gave by what its operator is: where several results are right, none of them is
 * wrong.
 *
 * <ul>
 *   <li>Indices of the largest and the least (ArgMax, ArgMin, TopK) may differ where the elements
 *       that they point at are equal; after another past, where these are as near as the tolerance
 *       lets them be.
 *   <li>What TopK gives unsorted is compared in order.
 *   <li>Numbers of a quantisation (QuantizeLinear, DynamicQuantizeLinear, QLinearMatMul,
 *       QLinearConv) may be a step apart where what is rounded lies near the middle between two.
 * </ul>
 *
 * Such elements count in {@link Comparison#tied}. Engines that part behind a node whose accumulated
 * comparison passes with ties part by these, and neither is wrong.
 */
public final class OperatorJudge {
  private final Node node;
  private final Map<String, ? extends Data> known;

  /**
   * A judge of a node.
   *
   * @param known the reference's values by name, the node's inputs at least
   */
  public OperatorJudge(Node node, Map<String, ? extends Data> known) {
    this.node = node;
    this.known = known;
  }

  /** Whether results of an operator may be ties. */
  public static boolean mayTie(Op op) {
    return switch (op) {
      case ReductionOp.Arg _, TopK _, QuantizeLinear _, DynamicQuantizeLinear _ -> true;
      case IntegerProductOp.QLinearMatMul _, IntegerProductOp.QLinearConv _ -> true;
      default -> false; // one result is right
    };
  }

  /**
   * Compares an output of the node.
   *
   * @param found from the reference's inputs (the node alone) or from the engine's own (with all
   *     its past)
   * @param tolerance of the node alone or of a model's values, by element type; indices and numbers
   *     of a quantisation are judged by what it says of the node's inputs
   */
  public Comparison compare(
      String output, Data found, Data expected, Function<DType, Tolerance> tolerance) {
    if (!(found instanceof Tensor left)
        || !(expected instanceof Tensor right)
        || !left.type().equals(right.type())) {
      return Comparison.of(output, found, expected, tolerance);
    }
    DenseTensor a = left.dense();
    DenseTensor b = right.dense();
    if (node.op() instanceof TopK topK && !topK.sorted() && isFirst(output)) {
      int axis = b.shape().axis(topK.axis());
      return Comparison.of(output, Lanes.sorted(a, axis), Lanes.sorted(b, axis), tolerance);
    }
    return Comparison.of(output, found, expected, tolerance, ties(output, a, b, tolerance));
  }

  private LongPredicate ties(
      String output,
      DenseTensor found,
      DenseTensor expected,
      Function<DType, Tolerance> tolerance) {
    return switch (node.op()) {
      case ReductionOp.Arg arg -> indices(found, expected, tolerance, arg.axis(), true);
      case TopK topK when !isFirst(output) ->
          indices(found, expected, tolerance, topK.axis(), topK.sorted());
      default ->
          isFirst(output) && Steps.counts(expected.dtype())
              ? steps(found, expected, tolerance)
              : _ -> false;
    };
  }

  private LongPredicate indices(
      DenseTensor found,
      DenseTensor expected,
      Function<DType, Tolerance> tolerance,
      int axis,
      boolean sorted) {
    Optional<DenseTensor> x = input(0);
    if (x.isEmpty()) {
      return _ -> false;
    }
    Tolerance near = tolerance.apply(x.get().dtype());
    var pointed = new PointedAt(x.get(), near, x.get().shape().axis(axis), sorted);
    return pointed.ties(found, expected);
  }

  private LongPredicate steps(
      DenseTensor found, DenseTensor expected, Function<DType, Tolerance> tolerance) {
    Optional<BeforeRounding> rounded = BeforeRounding.of(node, this::input);
    if (rounded.isEmpty()) {
      return _ -> false;
    }
    Tolerance floats = tolerance.apply(rounded.get().dtype());
    return new Steps(found, expected, rounded.get(), floats)::isTie;
  }

  private boolean isFirst(String output) {
    return output.equals(node.output().name());
  }

  private Optional<DenseTensor> input(int index) {
    return index < node.inputs().size() ? input(node.inputs().get(index).name()) : Optional.empty();
  }

  private Optional<DenseTensor> input(String name) {
    return known.get(name) instanceof Tensor tensor
        ? Optional.of(tensor.dense())
        : Optional.empty();
  }
}
