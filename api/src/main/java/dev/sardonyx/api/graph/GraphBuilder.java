package dev.sardonyx.api.graph;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts a graph together node by node; types are inferred as it grows. */
public final class GraphBuilder {
  private final String name;
  private final List<Value> inputs = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, DenseTensor> initializers = new LinkedHashMap<>();
  private final Map<String, Inputs.Input> known = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Set<String> reserved = new HashSet<>();

  /** An empty graph. */
  public GraphBuilder(String name) {
    this.name = name;
  }

  /** Keeps names that will be given later, such as weights', free of nodes and constants. */
  public void reserve(Collection<String> names) {
    reserved.addAll(names);
  }

  /** Adds an input. Errors: GRAPH for a name that is taken. */
  public Value input(String inputName, ValueType type) {
    var value = new Value(inputName, type);
    inputs.add(value);
    return define(value, Inputs.Input.of(type));
  }

  /** Adds a constant under a name, such as a weight. Errors: GRAPH for a name that is taken. */
  public Value initializer(String initializerName, DenseTensor tensor) {
    initializers.put(initializerName, tensor);
    return define(new Value(initializerName, tensor.type()), GraphInference.constant(tensor));
  }

  /** Adds a nameless constant. */
  public Value constant(DenseTensor tensor) {
    return initializer(freshName("const"), tensor);
  }

  /**
   * What is known of a value: its type, and its elements where it is shape arithmetic. Errors:
   * GRAPH for a value of another graph.
   */
  public Inputs.Input known(Value value) {
    Inputs.Input input = known.get(value.name());
    if (input == null) {
      throw new SardonyxException(ErrorCode.GRAPH, "this graph has no value " + value);
    }
    return input;
  }

  /** Adds a node with all outputs of its operator. Errors: as below. */
  public Node add(Op op, List<Value> nodeInputs, Origin origin) {
    return add(op, nodeInputs, Integer.MAX_VALUE, origin);
  }

  /**
   * Adds a node; absent inputs are {@link Value#absent}. Errors: the operator's, at the node.
   *
   * @param most how many outputs the node has, if its operator has as many
   */
  public Node add(Op op, List<Value> nodeInputs, int most, Origin origin) {
    String nodeName = freshName(op.name().toLowerCase(Locale.ROOT));
    var node = new Node(nodeName, op, nodeInputs, List.of(), origin);
    try {
      var in =
          new Inputs(
              op.name(),
              nodeInputs.stream()
                  .map(value -> Optional.ofNullable(known.get(value.name())))
                  .toList());
      List<ValueType> types = op.infer(in);
      List<Value> outputs = new ArrayList<>();
      for (int i = 0; i < Math.min(most, types.size()); i++) {
        var value = new Value(i == 0 ? nodeName : nodeName + "." + i, types.get(i));
        var contents = i == 0 ? op.contents(in) : Optional.<List<Dim>>empty();
        outputs.add(define(value, new Inputs.Input(value.type(), contents)));
      }
      node = new Node(nodeName, op, nodeInputs, outputs, origin);
    } catch (SardonyxException error) {
      throw error.at(node.place());
    }
    nodes.add(node);
    return node;
  }

  /** The nodes so far. */
  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  /** The graph with these outputs, checked. Errors: GRAPH. */
  public Graph build(List<Value> outputs, Map<String, String> metadata) {
    return GraphChecker.check(new Graph(name, inputs, outputs, nodes, initializers, metadata));
  }

  private String freshName(String stem) {
    String fresh;
    do {
      fresh = stem + "_" + counts.merge(stem, 1, Integer::sum);
    } while (known.containsKey(fresh) || reserved.contains(fresh));
    return fresh;
  }

  private Value define(Value value, Inputs.Input input) {
    if (known.putIfAbsent(value.name(), input) != null) {
      throw new SardonyxException(
          ErrorCode.GRAPH, "two values have the name '" + value.name() + "'");
    }
    return value;
  }
}
