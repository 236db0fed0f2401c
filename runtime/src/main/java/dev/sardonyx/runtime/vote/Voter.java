package dev.sardonyx.runtime.vote;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.compare.Tolerance;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Says which of two engines is wrong about a node, by how far each lies from the node in float64.
 *
 * @param engine the name of the engine that is checked
 * @param reference the name of the other
 */
public record Voter(String engine, String reference) {

  /**
   * The vote on an output of a node that both engines computed from the same inputs. An engine is
   * wrong where it exceeds the tolerance from the float64 result, rounded to the output's type.
   *
   * @param inputs values by name, at least the node's inputs
   * @param engineOutputs what the engine made of them, by name
   * @param referenceOutputs what the reference did
   * @param output the name of the output
   * @param tolerance for the operator, by element type
   */
  public Vote vote(
      Node node,
      Map<String, ? extends Data> inputs,
      Map<String, ? extends Data> engineOutputs,
      Map<String, ? extends Data> referenceOutputs,
      String output,
      Function<DType, Tolerance> tolerance) {
    return vote(ExactNode.of(node, inputs), engineOutputs, referenceOutputs, output, tolerance);
  }

  /** The same with the node as it was made before, for those who ask it for elements too. */
  public Vote vote(
      ExactNode node,
      Map<String, ? extends Data> engineOutputs,
      Map<String, ? extends Data> referenceOutputs,
      String output,
      Function<DType, Tolerance> tolerance) {
    Optional<Exact> exact = node.output(output);
    if (exact.isEmpty()) {
      return Vote.unknown(node.unknown().orElse("nobody computes the output " + output));
    }
    if (!(engineOutputs.get(output) instanceof Tensor a)
        || !(referenceOutputs.get(output) instanceof Tensor b)) {
      return Vote.unknown("an engine gives no tensor for " + output);
    }
    try {
      return vote(node.voter(), exact.get(), output, a.dense(), b.dense(), tolerance);
    } catch (SardonyxException open) {
      return Vote.unknown(String.valueOf(open.getMessage()));
    }
  }

  private Vote vote(
      String voter,
      Exact exact,
      String output,
      DenseTensor a,
      DenseTensor b,
      Function<DType, Tolerance> tolerance) {
    if (!a.shape().equals(exact.type().shape()) || !b.shape().equals(exact.type().shape())) {
      return otherShape(voter, exact, a, b);
    }
    Selection selection = Selection.of(exact, a, b);
    var engineSide = Side.of(engine, output, a, exact, selection, tolerance);
    var referenceSide = Side.of(reference, output, b, exact, selection, tolerance);
    String told = selection.all() ? voter : voter + ", at " + selection + " elements";
    return new Vote(
        blame(engineSide.passes(), referenceSide.passes()),
        told,
        engineSide.error(),
        referenceSide.error(),
        Reasons.of(voter, engineSide, referenceSide));
  }

  private Vote otherShape(String voter, Exact exact, DenseTensor a, DenseTensor b) {
    boolean engineFits = a.shape().equals(exact.type().shape());
    boolean referenceFits = b.shape().equals(exact.type().shape());
    String reason =
        "%s has the shape %s, %s gives %s and %s %s"
            .formatted(voter, exact.type().shape(), engine, a.shape(), reference, b.shape());
    return new Vote(blame(engineFits, referenceFits), voter, Double.NaN, Double.NaN, reason);
  }

  private static Blame blame(boolean engineFits, boolean referenceFits) {
    if (engineFits) {
      return referenceFits ? Blame.NEITHER : Blame.REFERENCE;
    }
    return referenceFits ? Blame.ENGINE : Blame.BOTH;
  }
}
