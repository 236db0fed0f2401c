package dev.sardonyx.runtime.canonical;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBody;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.VariadicOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A digest of each value of a graph, over all that it is computed from: inputs by position,
 * initializers by contents, operators with attributes. Values of two graphs with equal digests are
 * made by equal graphs, whatever names these give their values.
 */
public final class ValueDigests {
  /** Whole numbers that are so few may be a shape, axes or a count, which are structure. */
  private static final int MOST_OF_STRUCTURE = 1024;

  private final Map<String, String> byName = new HashMap<>();

  /** Whether weights count by their types alone. */
  private final boolean structure;

  private ValueDigests(boolean structure) {
    this.structure = structure;
  }

  /** The digests of a graph with its weights; an Identity is its input under another name. */
  public static ValueDigests of(Graph graph) {
    return of(graph, false);
  }

  /** The digests of a graph whatever its weights are; an Identity is a node like any other. */
  public static ValueDigests ofStructure(Graph graph) {
    return of(graph, true);
  }

  private static ValueDigests of(Graph graph, boolean structure) {
    var digests = new ValueDigests(structure);
    graph.initializers().forEach((name, tensor) -> digests.byName.put(name, digests.of(tensor)));
    for (int i = 0; i < graph.inputs().size(); i++) {
      Value input = graph.inputs().get(i);
      digests.byName.put(input.name(), Digests.text("input " + i + " " + input.type()));
    }
    graph.nodes().forEach(digests::add);
    return digests;
  }

  /** The digest of a value; of an absent one, "". */
  public String of(Value value) {
    return byName.getOrDefault(value.name(), "");
  }

  /** An Identity gives its input another name. */
  static boolean isName(Node node) {
    return node.op() instanceof UnaryOp.Identity;
  }

  private String of(DenseTensor tensor) {
    boolean whole = tensor.dtype() == DType.INT64 || tensor.dtype() == DType.INT32;
    return structure && !(whole && tensor.elements() <= MOST_OF_STRUCTURE)
        ? Digests.text("weight " + tensor.type())
        : Digests.of(tensor);
  }

  private void add(Node node) {
    if (!structure && isName(node)) {
      byName.put(node.output().name(), of(node.inputs().getFirst()));
      return;
    }
    List<String> inputs = new ArrayList<>(node.inputs().stream().map(this::of).toList());
    if (commutes(node.op())) {
      Collections.sort(inputs);
    }
    MessageDigest digest = Digests.algorithm();
    Digests.update(digest, node.op().domain() + "." + node.op().name());
    node.op().attributes().byName().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry -> {
              Digests.update(digest, entry.getKey());
              Digests.update(digest, of(entry.getValue()));
            });
    inputs.forEach(input -> Digests.update(digest, input));
    String whole = Digests.hex(digest);
    for (int i = 0; i < node.outputs().size(); i++) {
      if (node.outputs().get(i).isPresent()) {
        byName.put(node.outputs().get(i).name(), whole + "." + i);
      }
    }
  }

  /** Whether inputs of an operator may change places. */
  public static boolean commutes(Op op) {
    return op instanceof BinaryOp.Add || op instanceof BinaryOp.Mul || op instanceof VariadicOp;
  }

  private String of(Attribute attribute) {
    return switch (attribute) {
      case Attribute.Subgraph(GraphBody body) -> {
        ValueDigests inner = of(body.graph(), structure);
        yield body.graph().outputs().stream().map(inner::of).toList().toString();
      }
      case Attribute.Encoded(String kind, ByteBuffer bytes) -> {
        MessageDigest digest = Digests.algorithm();
        Digests.update(digest, kind);
        digest.update(bytes.duplicate());
        yield Digests.hex(digest);
      }
      default -> attribute.toString();
    };
  }
}
