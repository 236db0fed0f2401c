package dev.sardonyx.runtime.generate.proof;

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
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A digest of each value of a graph, over all that it is computed from: inputs by position,
 * initializers by contents, operators with attributes. Values of two graphs with equal digests are
 * made by equal graphs, whatever names these give their values.
 */
final class ValueDigests {
  private static final int CHUNK = 1 << 26;

  private final Map<String, String> byName = new HashMap<>();

  private ValueDigests() {}

  static ValueDigests of(Graph graph) {
    var digests = new ValueDigests();
    graph.initializers().forEach((name, tensor) -> digests.byName.put(name, of(tensor)));
    for (int i = 0; i < graph.inputs().size(); i++) {
      Value input = graph.inputs().get(i);
      digests.byName.put(input.name(), text("input " + i + " " + input.type()));
    }
    graph.nodes().forEach(digests::add);
    return digests;
  }

  /** The digest of a value; of an absent one, "". */
  String of(Value value) {
    return byName.getOrDefault(value.name(), "");
  }

  /** An Identity gives its input another name. */
  static boolean isName(Node node) {
    return node.op() instanceof UnaryOp.Identity;
  }

  private void add(Node node) {
    if (isName(node)) {
      byName.put(node.output().name(), of(node.inputs().getFirst()));
      return;
    }
    List<String> inputs = new ArrayList<>(node.inputs().stream().map(this::of).toList());
    if (commutes(node.op())) {
      Collections.sort(inputs);
    }
    MessageDigest digest = algorithm();
    update(digest, node.op().domain() + "." + node.op().name());
    node.op().attributes().byName().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry -> {
              update(digest, entry.getKey());
              update(digest, of(entry.getValue()));
            });
    inputs.forEach(input -> update(digest, input));
    String whole = HexFormat.of().formatHex(digest.digest());
    for (int i = 0; i < node.outputs().size(); i++) {
      byName.put(node.outputs().get(i).name(), whole + "." + i);
    }
  }

  private static boolean commutes(Op op) {
    return op instanceof BinaryOp.Add || op instanceof BinaryOp.Mul || op instanceof VariadicOp;
  }

  private static String of(Attribute attribute) {
    return switch (attribute) {
      case Attribute.Subgraph(GraphBody body) -> {
        ValueDigests inner = of(body.graph());
        yield body.graph().outputs().stream().map(inner::of).toList().toString();
      }
      case Attribute.Encoded(String kind, ByteBuffer bytes) -> {
        MessageDigest digest = algorithm();
        update(digest, kind);
        digest.update(bytes.duplicate());
        yield HexFormat.of().formatHex(digest.digest());
      }
      default -> attribute.toString();
    };
  }

  private static String of(DenseTensor tensor) {
    MessageDigest digest = algorithm();
    update(digest, tensor.type().toString());
    if (tensor.dtype() == DType.STRING) {
      tensor.strings().forEach(element -> update(digest, element));
    } else {
      MemorySegment data = tensor.segment();
      for (long at = 0; at < data.byteSize(); at += CHUNK) {
        digest.update(data.asSlice(at, Math.min(CHUNK, data.byteSize() - at)).asByteBuffer());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String text(String text) {
    MessageDigest digest = algorithm();
    update(digest, text);
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Text with its length, so that two texts are not taken for two others. */
  private static void update(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }

  private static MessageDigest algorithm() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) { // every Java has it
      throw new AssertionError(impossible);
    }
  }
}
