package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.op.Precision;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Computes once what nodes of the same operator make of the same inputs, small constants of the
 * same elements among them. What draws random numbers is never the same; what names a graph output
 * stays.
 */
final class MergeEqual implements Pass {
  /** Shapes, axes and numbers; weights are not looked through. */
  private static final long SMALL_BYTES = 256;

  @Override
  public String name() {
    return "merge-equal";
  }

  /** What makes two nodes one. */
  private record Expression(Op op, List<String> inputs, List<Boolean> outputs) {
    /** Operators are compared only where the inputs are equal: each kind takes time to link. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Expression expression
          && inputs.equals(expression.inputs)
          && outputs.equals(expression.outputs)
          && op.equals(expression.op);
    }

    @Override
    public int hashCode() {
      return inputs.hashCode();
    }
  }

  /** What makes two constants one. */
  private record Contents(TensorType type, ByteBuffer bytes) {
    /** Types likewise only where the bytes are equal. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Contents contents
          && bytes.equals(contents.bytes)
          && type.equals(contents.type);
    }

    @Override
    public int hashCode() {
      return bytes.hashCode();
    }
  }

  @Override
  public Graph apply(Graph graph) {
    Map<String, Value> same = new HashMap<>(equalConstants(graph));
    Set<String> outputs = new HashSet<>();
    graph.outputs().forEach(output -> outputs.add(output.name()));
    Map<Expression, Node> seen = new HashMap<>();
    List<Node> nodes = new ArrayList<>();
    boolean changed = false;
    for (Node written : graph.nodes()) {
      Node node = reading(written, same);
      changed |= node != written;
      Node first = isPure(node.op()) ? seen.putIfAbsent(expression(node), node) : null;
      if (first == null || node.outputs().stream().anyMatch(o -> outputs.contains(o.name()))) {
        nodes.add(node);
      } else {
        changed = true;
        for (int i = 0; i < node.outputs().size(); i++) {
          same.put(node.outputs().get(i).name(), first.outputs().get(i));
        }
      }
    }
    return changed ? graph.withNodes(nodes) : graph;
  }

  private static Map<String, Value> equalConstants(Graph graph) {
    Set<String> inputs = new HashSet<>();
    graph.inputs().forEach(input -> inputs.add(input.name()));
    Map<Contents, Value> first = new HashMap<>();
    Map<String, Value> same = new HashMap<>();
    graph
        .initializers()
        .forEach(
            (name, tensor) -> {
              boolean small = tensor.dtype() != DType.STRING && tensor.byteSize() <= SMALL_BYTES;
              if (small && !inputs.contains(name)) {
                Value value = new Value(name, tensor.type());
                Value earlier = first.putIfAbsent(contents(tensor), value);
                if (earlier != null) {
                  same.put(name, earlier);
                }
              }
            });
    return same;
  }

  private static Contents contents(DenseTensor tensor) {
    byte[] bytes = tensor.segment().toArray(ValueLayout.JAVA_BYTE);
    return new Contents(tensor.type(), ByteBuffer.wrap(bytes));
  }

  private static Node reading(Node node, Map<String, Value> same) {
    if (node.inputs().stream().noneMatch(input -> same.containsKey(input.name()))) {
      return node;
    }
    List<Value> inputs =
        node.inputs().stream().map(value -> same.getOrDefault(value.name(), value)).toList();
    return new Node(node.name(), node.op(), inputs, node.outputs(), node.origin());
  }

  private static boolean isPure(Op op) {
    return op.precision() != Precision.RANDOM && op.bodies().isEmpty() && !(op instanceof Opaque);
  }

  private static Expression expression(Node node) {
    return new Expression(
        node.op(),
        node.inputs().stream().map(Value::name).toList(),
        node.outputs().stream().map(Value::isPresent).toList());
  }
}
