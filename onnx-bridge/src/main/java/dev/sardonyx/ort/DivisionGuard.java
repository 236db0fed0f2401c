package dev.sardonyx.ort;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBody;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.op.Operators;
import dev.sardonyx.api.op.PredicateOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.Where;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.UnknownType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes {@link Divisions}: divides by 1 in place of -1, and negates the quotient. */
final class DivisionGuard {
  private final Graph graph;
  private final Set<String> taken;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, DenseTensor> constants;
  private final Map<String, Node> traps = new LinkedHashMap<>();
  private final List<Value> truths = new ArrayList<>();

  DivisionGuard(Graph graph) {
    this(graph, names(graph));
  }

  private DivisionGuard(Graph graph, Set<String> taken) {
    this.graph = graph;
    this.taken = taken;
    constants = new LinkedHashMap<>(graph.initializers());
  }

  Divisions guarded() {
    graph.nodes().forEach(this::add);
    if (nodes.equals(graph.nodes())) {
      return new Divisions(graph, Map.of());
    }
    Graph safe = graph.withNodes(nodes).withInitializers(constants);
    List<Value> outputs = new ArrayList<>(graph.outputs());
    outputs.addAll(truths);
    return new Divisions(safe.withOutputs(outputs), traps);
  }

  private static Set<String> names(Graph graph) {
    Set<String> result = new HashSet<>(graph.initializers().keySet());
    graph.inputs().forEach(input -> result.add(input.name()));
    for (Node node : graph.nodes()) {
      result.add(node.name());
      node.outputs().forEach(output -> result.add(output.name()));
      node.op().bodies().forEach(body -> result.addAll(names(((GraphBody) body).graph())));
    }
    return result;
  }

  private void add(Node node) {
    boolean quotient = node.op() instanceof BinaryOp.Div;
    boolean remainder = node.op() instanceof BinaryOp.Mod(boolean fmod) && !fmod; // fmod survives
    if (!node.op().bodies().isEmpty()) {
      nodes.add(withGuardedBodies(node));
    } else if ((quotient || remainder)
        && dtype(node).filter(dtype -> traps(node, dtype)).isPresent()) {
      guard(node, dtype(node).orElseThrow(), quotient);
    } else {
      nodes.add(node);
    }
  }

  private static Optional<DType> dtype(Node node) {
    return Stream.concat(node.inputs().stream(), node.outputs().stream())
        .flatMap(
            value ->
                value.type() instanceof TensorType type ? Stream.of(type.dtype()) : Stream.empty())
        .findFirst();
  }

  /** Whether a division may meet what ends the process; smaller integers are widened first. */
  private boolean traps(Node node, DType dtype) {
    return (dtype == DType.INT32 || dtype == DType.INT64)
        && mayHold(node.inputs().get(0), least(dtype))
        && mayHold(node.inputs().get(1), -1);
  }

  private static long least(DType dtype) {
    return dtype == DType.INT32 ? Integer.MIN_VALUE : Long.MIN_VALUE;
  }

  private boolean mayHold(Value value, long number) {
    DenseTensor constant = graph.initializers().get(value.name());
    if (constant == null
        || graph.inputs().stream().anyMatch(in -> in.name().equals(value.name()))) {
      return true;
    }
    for (long i = 0; i < constant.elements(); i++) {
      if (constant.doubleAt(i) == number) { // both are exact in a double
        return true;
      }
    }
    return false;
  }

  private void guard(Node node, DType dtype, boolean quotient) {
    Value dividend = node.inputs().get(0);
    Value divisor = node.inputs().get(1);
    Value negates = part(node, new PredicateOp.Equal(), divisor, number(node, dtype, -1));
    Value safe = part(node, new Where(), negates, number(node, dtype, 1), divisor);
    if (quotient) {
      Value plain = part(node, node.op(), dividend, safe);
      Value negated = part(node, new UnaryOp.Neg(), plain);
      nodes.add(same(node, new Where(), negates, negated, plain));
    } else { // over 1 it leaves 0 as well
      nodes.add(same(node, node.op(), dividend, safe));
    }
    Value least = part(node, new PredicateOp.Equal(), dividend, number(node, dtype, least(dtype)));
    Value trap = part(node, new PredicateOp.And(), least, negates);
    traps.put(trap.name(), node);
    truths.add(trap);
  }

  private Value number(Node node, DType dtype, long number) {
    String name = fresh(node.name() + ".number");
    DenseTensor scalar = Tensor.scalar(number).dense().convert(dtype);
    constants.put(name, scalar);
    return new Value(name, scalar.type());
  }

  private Value part(Node node, Op op, Value... inputs) {
    String name = fresh(node.name() + ".guard");
    var bare = new Node(name, op, List.of(inputs), List.of(), node.origin());
    boolean open = Stream.of(inputs).anyMatch(input -> input.type() instanceof UnknownType);
    ValueType type = open ? new UnknownType() : op.infer(bare.inferenceInputs()).getFirst();
    var output = new Value(name, type);
    nodes.add(new Node(name, op, bare.inputs(), List.of(output), node.origin()));
    return output;
  }

  private static Node same(Node node, Op op, Value... inputs) {
    return new Node(node.name(), op, List.of(inputs), node.outputs(), node.origin());
  }

  private Node withGuardedBodies(Node node) {
    Map<String, Attribute> guarded = new LinkedHashMap<>();
    node.op().attributes().byName().forEach((name, value) -> guarded.put(name, guarded(value)));
    var attributes = new Attributes(guarded);
    if (attributes.equals(node.op().attributes())) {
      return node;
    }
    Op op =
        node.op() instanceof Opaque(var domain, var name, int since, _, var outputs)
            ? new Opaque(domain, name, since, attributes, outputs)
            : Operators.read(node.op().name(), attributes).orElse(node.op());
    return new Node(node.name(), op, node.inputs(), node.outputs(), node.origin());
  }

  private Attribute guarded(Attribute value) {
    if (!(value instanceof Attribute.Subgraph(GraphBody(Graph inner, int captures)))) {
      return value;
    }
    Graph safe = new DivisionGuard(inner, taken).guarded().graph().withOutputs(inner.outputs());
    return new Attribute.Subgraph(new GraphBody(safe, captures));
  }

  private String fresh(String stem) {
    String fresh = stem;
    for (int i = 2; !taken.add(fresh); i++) {
      fresh = stem + i;
    }
    return fresh;
  }
}
