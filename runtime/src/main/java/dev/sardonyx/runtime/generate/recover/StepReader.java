package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Split;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.model.TypeName;
import dev.sardonyx.runtime.generate.recover.Step.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a graph from its outputs back, so that what only computes shapes is never asked for. */
final class StepReader {
  private static final TypeName TENSOR = TypeName.of(Tensor.class);
  private static final int MOST_NAMED = 20;

  private final Facts facts;
  private final Scope.Reader scopes;
  private final LayerReader layers;
  private final RecurrentReader recurrent;
  private final ActivationReader activations;
  private final ElementwiseReader elementwise;
  private final LayoutReader layouts;
  private final SelectionReader selections;
  private final FillReader fills;
  private final PoolReader pools;
  private final NormReader norms;
  private final ResizeReader resizes;
  private final Set<String> needed = new HashSet<>();
  private final Set<Node> absorbed = new HashSet<>();
  private final Set<String> refused = new LinkedHashSet<>();
  private final List<Step> steps = new ArrayList<>();

  StepReader(Graph graph, Facts facts) {
    this.facts = facts;
    scopes = new Scope.Reader(graph);
    layers = new LayerReader(facts);
    recurrent = new RecurrentReader(facts);
    activations = new ActivationReader(facts);
    elementwise = new ElementwiseReader(facts);
    layouts = new LayoutReader(facts);
    selections = new SelectionReader(facts);
    fills = new FillReader(facts);
    pools = new PoolReader(facts);
    norms = new NormReader(facts);
    resizes = new ResizeReader(facts);
  }

  /** The steps in the order of the graph. Errors: UNSUPPORTED, naming all nodes without method. */
  List<Step> read(Graph graph) {
    graph.outputs().forEach(output -> needed.add(output.name()));
    for (Node node : graph.nodes().reversed()) {
      boolean wanted = node.outputs().stream().anyMatch(output -> needed.contains(output.name()));
      boolean constant = node.outputs().stream().allMatch(facts::isConstant);
      if (wanted && !constant && !absorbed.contains(node)) {
        read(node);
      }
    }
    requireAll(graph);
    if (!refused.isEmpty()) {
      String shown = refused.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
      String more =
          refused.size() > MOST_NAMED ? " and " + (refused.size() - MOST_NAMED) + " more" : "";
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED,
          "no layer and no method of Tensor or Functional says what these nodes do, so that no"
              + " class can be generated: "
              + shown
              + more
              + "; the graph itself can be run with 'sardonyx run'");
    }
    return steps.reversed();
  }

  /** What a step absorbed is not there for others. */
  private void requireAll(Graph graph) {
    Set<String> there = new HashSet<>();
    graph.inputs().forEach(input -> there.add(input.name()));
    steps.forEach(step -> there.add(step.output()));
    for (Node node : graph.nodes()) {
      for (Value output : node.outputs()) {
        boolean missing =
            needed.contains(output.name())
                && !there.contains(output.name())
                && !facts.isConstant(output);
        if (missing) {
          refused.add(node.op().name() + " (" + node.name() + ")");
        }
      }
    }
  }

  private void read(Node node) {
    if (node.op() instanceof Split split) {
      split(node, split);
      return;
    }
    Optional<Reading> found =
        recurrent
            .read(node)
            .or(() -> norms.read(node))
            .or(() -> layers.read(node))
            .or(() -> activations.read(node))
            .or(() -> pools.read(node))
            .or(() -> layouts.read(node))
            .or(() -> selections.read(node))
            .or(() -> fills.read(node))
            .or(() -> resizes.read(node))
            .or(() -> elementwise.read(node));
    if (found.isEmpty() || wantsMore(node)) {
      refused.add(node.op().name() + " (" + node.name() + ")");
      return;
    }
    Reading reading = found.get();
    absorbed.addAll(reading.absorbed());
    List<String> inputs = reading.inputs().stream().map(Value::name).toList();
    add(
        new Step(
            scopes.of(node),
            inputs,
            node.output().name(),
            reading.code(),
            reading.layer(),
            TENSOR,
            reading.hint()));
  }

  private boolean wantsMore(Node node) {
    return node.outputs().stream().skip(1).anyMatch(output -> needed.contains(output.name()));
  }

  private void add(Step step) {
    step.inputs().stream().filter(name -> !facts.isConstant(name)).forEach(needed::add);
    steps.add(step);
  }

  /** One call gives all parts, of which each is taken from its list. */
  private void split(Node node, Split split) {
    Value x = node.inputs().getFirst();
    Optional<List<Long>> sizes =
        node.inputs().size() > 1 ? facts.numbers(node.inputs().get(1)) : Optional.empty();
    if (sizes.isEmpty() && node.inputs().size() > 1) {
      refused.add(node.op().name() + " (" + node.name() + ")");
      return;
    }
    Scope scope = scopes.of(node);
    String parts = node.output().name() + " and others";
    for (int i = node.outputs().size() - 1; i >= 0; i--) {
      Value output = node.outputs().get(i);
      if (needed.contains(output.name())) {
        Expression index = Java.whole(i);
        Code code = names -> Java.call(names.tensor(parts), "get", index);
        add(step(scope, parts, output.name(), code, TENSOR, "part"));
      }
    }
    needed.remove(parts);
    Expression axis = Java.whole(split.axis());
    int count = node.outputs().size();
    Code code =
        sizes.isEmpty()
            ? names -> Java.call(names.tensor(x.name()), "chunk", Java.whole(count), axis)
            : names ->
                Java.call(
                    names.tensor(x.name()),
                    "split",
                    new Expression.Array(long.class, Java.wholes(sizes.get())),
                    axis);
    add(step(scope, x.name(), parts, code, TypeName.of(List.class).with(TENSOR), "parts"));
  }

  private static Step step(
      Scope scope, String input, String output, Code code, TypeName type, String hint) {
    return new Step(scope, List.of(input), output, Optional.of(code), Optional.empty(), type, hint);
  }
}
