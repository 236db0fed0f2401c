package dev.sardonyx.api.graph;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.tensor.Outline;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.UnknownType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/** Finds the type of every value of a graph from the types of its inputs, node by node. */
public final class GraphInference {
  private static final Set<DType> INTEGERS =
      Collections.unmodifiableSet(EnumSet.of(DType.INT16, DType.INT32, DType.INT64));

  /** Larger integer tensors are data, not shapes. */
  private static final long MOST_KNOWN_ELEMENTS = 1024;

  /** Scales have one for each axis. */
  private static final long MOST_KNOWN_FLOATS = 8;

  private final Map<String, Inputs.Input> known = new HashMap<>();

  private GraphInference() {}

  /**
   * The graph with every type inferred for inputs of these types, which may be the declared ones
   * with symbols bound to sizes. Errors: what an operator reports, at its node; GRAPH for a value
   * that is used before it is defined.
   */
  public static Graph infer(Graph graph, List<? extends ValueType> inputTypes) {
    return new GraphInference().run(graph, inputTypes.stream().map(Inputs.Input::of).toList());
  }

  /** What is known of the outputs of a graph, given what is of its inputs. Errors: as above. */
  static List<Inputs.Input> outputs(Graph graph, List<Inputs.Input> inputs) {
    var inference = new GraphInference();
    return inference.run(graph, inputs).outputs().stream()
        .map(output -> inference.known.getOrDefault(output.name(), Inputs.Input.of(output.type())))
        .toList();
  }

  private Graph run(Graph graph, List<Inputs.Input> given) {
    graph.initializers().forEach((name, tensor) -> known.put(name, constant(tensor)));
    List<Value> inputs = new ArrayList<>();
    // After the initializers: one that only gives an input its default is not known to be its
    // value.
    for (int i = 0; i < given.size(); i++) {
      Value input = new Value(graph.inputs().get(i).name(), given.get(i).type());
      inputs.add(input);
      known.put(input.name(), given.get(i));
    }
    List<Node> nodes = graph.nodes().stream().map(this::infer).toList();
    List<Value> outputs = graph.outputs().stream().map(this::typed).toList();
    return new Graph(graph.name(), inputs, outputs, nodes, graph.initializers(), graph.metadata());
  }

  /** The graph with every type inferred from the declared types of its inputs. */
  public static Graph infer(Graph graph) {
    return infer(graph, graph.inputs().stream().map(Value::type).toList());
  }

  /** What is known of a constant: its type, and its elements where it may be a shape. */
  public static Inputs.Input constant(DenseTensor tensor) {
    if (Outline.is(tensor)) {
      return Inputs.Input.of(tensor.type());
    }
    boolean scales = Inputs.FLOATS.contains(tensor.dtype()) && tensor.rank() <= 1;
    if (scales && tensor.elements() <= MOST_KNOWN_FLOATS) {
      List<Double> floats =
          LongStream.range(0, tensor.elements()).mapToObj(tensor::doubleAt).toList();
      return new Inputs.Input(tensor.type(), Optional.empty(), Optional.of(floats));
    }
    boolean integers = INTEGERS.contains(tensor.dtype());
    if (!integers || tensor.rank() > 1 || tensor.elements() > MOST_KNOWN_ELEMENTS) {
      return Inputs.Input.of(tensor.type());
    }
    var elements = new Elements(tensor.dtype());
    List<Dim> dims =
        LongStream.range(0, tensor.elements())
            .mapToObj(i -> Dim.of(elements.integer(tensor.segment(), i)))
            .toList();
    return new Inputs.Input(tensor.type(), Optional.of(dims));
  }

  private Node infer(Node node) {
    List<Optional<Inputs.Input>> given = new ArrayList<>();
    List<Value> inputs = new ArrayList<>();
    for (Value value : node.inputs()) {
      given.add(value.isPresent() ? Optional.of(lookUp(value, node)) : Optional.empty());
      inputs.add(value.isPresent() ? typed(value) : value);
    }
    try {
      if (node.op() instanceof Opaque || hasUnknown(given)) {
        List<ValueType> declared = node.outputs().stream().map(Value::type).toList();
        return define(node, inputs, declared, Optional.empty());
      }
      var in = new Inputs(node.op().name(), given);
      return define(node, inputs, node.op().infer(in), node.op().contents(in));
    } catch (SardonyxException error) {
      throw error.at(node.place());
    }
  }

  /** Below an operator that is not understood, what the graph declares is all there is. */
  private static boolean hasUnknown(List<Optional<Inputs.Input>> inputs) {
    return inputs.stream()
        .flatMap(Optional::stream)
        .anyMatch(input -> input.type() instanceof UnknownType);
  }

  private Node define(
      Node node, List<Value> inputs, List<ValueType> types, Optional<List<Dim>> contents) {
    if (node.outputs().size() > types.size()) {
      throw new SardonyxException(
          ErrorCode.GRAPH,
          node.op().name() + " has " + types.size() + " outputs, found " + node.outputs().size());
    }
    if (node.outputs().stream().noneMatch(Value::isPresent)) {
      throw new SardonyxException(
          ErrorCode.GRAPH, node.op().name() + " has at least one output, found none");
    }
    List<Value> outputs = new ArrayList<>();
    for (int i = 0; i < node.outputs().size(); i++) {
      if (!node.outputs().get(i).isPresent()) {
        outputs.add(Value.absent());
        continue;
      }
      Value output = new Value(node.outputs().get(i).name(), types.get(i));
      outputs.add(output);
      known.put(
          output.name(), new Inputs.Input(output.type(), i == 0 ? contents : Optional.empty()));
    }
    return new Node(node.name(), node.op(), inputs, outputs, node.origin());
  }

  private Inputs.Input lookUp(Value value, Node user) {
    Inputs.Input input = known.get(value.name());
    if (input == null) {
      throw new SardonyxException(
              ErrorCode.GRAPH,
              "value '" + value.name() + "' is used but not defined by an earlier node")
          .at(user.place());
    }
    return input;
  }

  private Value typed(Value value) {
    Inputs.Input input = known.get(value.name());
    return input == null ? value : new Value(value.name(), input.type());
  }
}
