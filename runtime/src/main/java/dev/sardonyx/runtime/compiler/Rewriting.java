package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphInference;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A graph while rules rewrite it, in one walk from its first node to its last: who makes each value
 * and how often it is used, constants, and names that are free. What a rewriting leaves without a
 * user goes at once, so that the counts are true for the next one.
 */
final class Rewriting {
  private final Graph graph;
  private final Map<String, DenseTensor> constants;
  private final Map<String, Node> makers = new HashMap<>();
  private final Map<String, Integer> uses = new HashMap<>();
  private final Map<String, Value> replaced = new HashMap<>();
  private final Set<String> outputs = new HashSet<>();
  private final Set<String> names = new HashSet<>();
  private final List<Node> added = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private boolean changed;

  Rewriting(Graph graph) {
    this.graph = graph;
    constants = new LinkedHashMap<>(graph.initializers());
    names.addAll(constants.keySet());
    for (Value input : graph.inputs()) {
      names.add(input.name());
      constants.remove(input.name()); // it has a default only
    }
    for (Value output : graph.outputs()) {
      outputs.add(output.name());
      uses.merge(output.name(), 1, Integer::sum);
    }
    for (Node node : graph.nodes()) {
      names.add(node.name());
      node.outputs().forEach(output -> names.add(output.name()));
      node.inputs().forEach(input -> uses.merge(input.name(), 1, Integer::sum));
    }
  }

  /** The graph after one walk; the same where no rule fits. */
  Graph run(List<Rule> rules) {
    for (Node written : graph.nodes()) {
      Node node = current(written);
      Optional<Value> result = node.outputs().size() == 1 ? first(rules, node) : Optional.empty();
      if (result.isPresent()) {
        replace(node, result.get());
      } else {
        define(node);
      }
      added.clear();
    }
    if (!changed) {
      return graph;
    }
    nodes.removeIf(node -> node.outputs().stream().noneMatch(o -> makers.containsKey(o.name())));
    Map<String, DenseTensor> initializers = new LinkedHashMap<>(graph.initializers());
    initializers.putAll(constants);
    return graph.withNodes(nodes).withInitializers(initializers);
  }

  private Node current(Node node) {
    if (node.inputs().stream().noneMatch(input -> replaced.containsKey(input.name()))) {
      return node;
    }
    List<Value> inputs =
        node.inputs().stream().map(input -> replaced.getOrDefault(input.name(), input)).toList();
    return new Node(node.name(), node.op(), inputs, node.outputs(), node.origin());
  }

  private Optional<Value> first(List<Rule> rules, Node node) {
    for (Rule rule : rules) {
      added.clear();
      Optional<Value> result = attempt(rule, node);
      if (result.isPresent()) {
        return result;
      }
    }
    return Optional.empty();
  }

  private Optional<Value> attempt(Rule rule, Node node) {
    try {
      return rule.rewrite(node, this)
          .filter(value -> !isSame(value, node.output()))
          .filter(value -> agree(value.type(), node.output().type()));
    } catch (SardonyxException refused) {
      // What an operator refuses of a pattern's inputs stays as it is, and says so when it runs.
      return Optional.empty();
    }
  }

  private static boolean agree(ValueType found, ValueType expected) {
    if (!(found instanceof TensorType a) || !(expected instanceof TensorType b)) {
      return found.equals(expected);
    }
    boolean agree = a.dtype() == b.dtype();
    if (agree && a.shape().isKnown() && b.shape().isKnown()) {
      agree = a.rank() == b.rank();
      for (int axis = 0; agree && axis < a.rank(); axis++) {
        agree = !a.dim(axis).differsFrom(b.dim(axis));
      }
    }
    return agree;
  }

  private void define(Node node) {
    nodes.add(node);
    node.outputs().stream()
        .filter(Value::isPresent)
        .forEach(output -> makers.put(output.name(), node));
  }

  private void replace(Node node, Value result) {
    changed = true;
    boolean made = !added.isEmpty() && isSame(added.getLast().output(), result);
    if (made) {
      Node last = added.removeLast();
      added.replaceAll(one -> named(one, one.output().name(), one.outputs()));
      added.add(named(last, last.name(), node.outputs()));
    } else if (outputs.contains(node.output().name())) {
      added.add(
          new Node(
              node.name(), new UnaryOp.Identity(), List.of(result), node.outputs(), node.origin()));
    } else {
      replaced.put(node.output().name(), result);
      uses.merge(result.name(), uses.getOrDefault(node.output().name(), 0), Integer::sum);
    }
    for (Node one : added) {
      one.inputs().forEach(input -> uses.merge(input.name(), 1, Integer::sum));
      define(one);
    }
    release(node.inputs());
  }

  private static Node named(Node node, String name, List<Value> outputs) {
    return new Node(name, node.op(), node.inputs(), outputs, node.origin());
  }

  /** Takes a use away from each; what has none left goes, and what it used is released as well. */
  private void release(List<Value> values) {
    Deque<Value> open = new ArrayDeque<>(values);
    while (!open.isEmpty()) {
      Value value = open.pop();
      int left = uses.merge(value.name(), -1, Integer::sum);
      Node maker = makers.get(value.name());
      if (left == 0
          && maker != null
          && maker.outputs().stream().allMatch(output -> uses(output) == 0)) {
        maker.outputs().forEach(output -> makers.remove(output.name()));
        open.addAll(maker.inputs());
      }
    }
  }

  /** Whether two values are one. */
  static boolean isSame(Value a, Value b) {
    return a.name().equals(b.name());
  }

  /** How often a value is read, being a graph output counted. */
  int uses(Value value) {
    return uses.getOrDefault(value.name(), 0);
  }

  /** The node that makes a value, if its operator is of a kind. */
  Optional<Node> maker(Value value, Class<? extends Op> kind) {
    return Optional.ofNullable(makers.get(value.name())).filter(node -> kind.isInstance(node.op()));
  }

  /** The same, where nothing but the node at hand reads the value, and that once. */
  Optional<Node> inner(Value value, Class<? extends Op> kind) {
    return uses(value) == 1 ? maker(value, kind) : Optional.empty();
  }

  /** The tensor that a value always is. */
  Optional<DenseTensor> constant(Value value) {
    return Optional.ofNullable(constants.get(value.name()));
  }

  /** Adds a constant. */
  Value constant(String stem, DenseTensor tensor) {
    String name = fresh(stem);
    constants.put(name, tensor);
    return new Value(name, tensor.type());
  }

  /**
   * Adds a node with one output, for a pattern that is there. The last that is added takes the name
   * of its origin, the node at hand or one that goes with the pattern. Errors: the operator's.
   */
  Value add(Node origin, Op op, List<Value> inputs) {
    List<Optional<Inputs.Input>> known =
        inputs.stream()
            .map(
                value ->
                    value.isPresent() ? Optional.of(known(value)) : Optional.<Inputs.Input>empty())
            .toList();
    ValueType type = op.infer(new Inputs(op.name(), known)).getFirst();
    String name = fresh(origin.output().name() + "." + op.name().toLowerCase(Locale.ROOT));
    var output = new Value(name, type);
    added.add(new Node(origin.name(), op, inputs, List.of(output), origin.origin()));
    return output;
  }

  /** The same. */
  Value add(Node origin, Op op, Value... inputs) {
    return add(origin, op, List.of(inputs));
  }

  private Inputs.Input known(Value value) {
    return constant(value)
        .map(GraphInference::constant)
        .orElseGet(() -> Inputs.Input.of(value.type()));
  }

  private String fresh(String stem) {
    String fresh = stem;
    for (int i = 2; !names.add(fresh); i++) {
      fresh = stem + "." + i;
    }
    return fresh;
  }
}
