package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Evaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lists of passes, applied one after the other.
 *
 * @param passes for a graph as it is opened
 * @param fixedPasses for one in which {@link ShapeFixing} has fixed shapes; they must be quick and
 *     leave weights as they are, which are packed by then
 */
public record Compiler(List<Pass> passes, List<Pass> fixedPasses) {
  public Compiler {
    passes = List.copyOf(passes);
    fixedPasses = List.copyOf(fixedPasses);
  }

  /** Passes for a graph as it is opened. */
  public Compiler(List<Pass> passes) {
    this(passes, List.of());
  }

  /**
   * What sessions use. The order matters: identities go first because they hide a convolution from
   * the normalisation that follows it; quantised weights are found before constants are folded,
   * which would make floats of them; constants are folded next so that branches and normalisations
   * see theirs; patterns come once nothing dead counts as a user of what they contain; what nothing
   * needs any more goes last.
   *
   * @param integers whether what runs the graph multiplies numbers of 8 bits as such; else what
   *     lies between DequantizeLinear and QuantizeLinear is faster in floats
   */
  public static Compiler standard(Evaluator evaluator, boolean integers) {
    List<Pass> passes = new ArrayList<>();
    passes.add(new DropIdentities());
    if (integers) {
      passes.add(QuantizationRules.pass());
    }
    passes.addAll(
        List.of(
            new FoldConstants(evaluator),
            new InlineBranches(),
            new RemoveDead(),
            new MergeEqual(),
            ViewRules.pass(),
            ActivationRules.pass(),
            NormalizationRules.pass(),
            GroupRules.pass(),
            LinearRules.pass(),
            AttentionRules.pass(),
            TransposeRules.pass(),
            ViewRules.pass(),
            ScaleRules.pass(),
            PadRules.pass(),
            FlattenRules.pass(evaluator),
            new DropIdentities(),
            new RemoveDead()));
    return new Compiler(
        passes,
        List.of(
            new MergeEqual(),
            ViewRules.pass(),
            AttentionRules.pass(),
            TransposeRules.pass(),
            ViewRules.pass(),
            new DropIdentities(),
            new RemoveDead()));
  }

  /**
   * What brings graphs that compute the same in other words to one form, to compare them: passes of
   * the standard list but those that only choose how to store a picture, and {@link
   * CanonicalRules}. Shapes must be fixed.
   */
  public static Compiler canonical(Evaluator evaluator) {
    return new Compiler(
        List.of(
            new DropIdentities(),
            new FoldConstants(evaluator),
            new InlineBranches(),
            new RemoveDead(),
            new MergeEqual(),
            ViewRules.pass(),
            ActivationRules.pass(),
            NormalizationRules.pass(),
            GroupRules.pass(),
            LinearRules.pass(),
            TransposeRules.pass(),
            ScaleRules.pass(),
            PadRules.pass(),
            CanonicalRules.pass(),
            CanonicalPads.pass(),
            new PositiveAxes(),
            new ZeroStates(),
            new DropIdentities(),
            new FoldConstants(evaluator),
            new MergeEqual(),
            new RemoveDead()));
  }

  /** No passes: the graph runs as it is written. */
  public static Compiler none() {
    return new Compiler(List.of());
  }

  /** The names of all passes, each once. */
  public List<String> names() {
    return Stream.concat(passes.stream(), fixedPasses.stream()).map(Pass::name).distinct().toList();
  }

  /** The same without all passes of a name. */
  public Compiler without(String name) {
    return new Compiler(others(passes, name), others(fixedPasses, name));
  }

  private static List<Pass> others(List<Pass> passes, String name) {
    return passes.stream().filter(pass -> !pass.name().equals(name)).toList();
  }

  /** The graph after all passes. */
  public Graph compile(Graph graph) {
    return through(passes, graph);
  }

  /** A graph of fixed shapes after the passes for such. */
  public Graph compileFixed(Graph graph) {
    return through(fixedPasses, graph);
  }

  private static Graph through(List<Pass> passes, Graph graph) {
    Graph result = graph;
    for (Pass pass : passes) {
      result = pass.apply(result);
    }
    return result;
  }
}
