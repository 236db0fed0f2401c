package dev.sardonyx.onnx.internal.read;

import com.google.protobuf.ByteString;
import dev.sardonyx.api.op.TrainingOp;
import dev.sardonyx.onnx.internal.proto.AttributeProto;
import dev.sardonyx.onnx.internal.proto.NodeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The values that a Gradient needs by name: its attributes y, xs and zs hold what others hold. */
final class GradientNames {
  private static final Set<String> ATTRIBUTES = Set.of("y", "xs", "zs");

  private GradientNames() {}

  static boolean isGradient(NodeProto node) {
    return node.getOpType().equals("Gradient") && node.getDomain().equals(TrainingOp.DOMAIN);
  }

  /** The names; none for other nodes. */
  static List<String> of(NodeProto node) {
    List<String> result = new ArrayList<>();
    renamed(
        node,
        name -> {
          result.add(name);
          return name;
        });
    return result;
  }

  /** The node with other names in its attributes; other nodes as they are. */
  static NodeProto renamed(NodeProto node, UnaryOperator<String> names) {
    if (!isGradient(node)) {
      return node;
    }
    var result = node.toBuilder().clearAttribute();
    for (AttributeProto attribute : node.getAttributeList()) {
      result.addAttribute(
          ATTRIBUTES.contains(attribute.getName()) ? renamed(attribute, names) : attribute);
    }
    return result.build();
  }

  private static AttributeProto renamed(AttributeProto attribute, UnaryOperator<String> names) {
    var result = attribute.toBuilder().clearStrings();
    if (attribute.hasS()) {
      result.setS(renamed(attribute.getS(), names));
    }
    attribute.getStringsList().forEach(name -> result.addStrings(renamed(name, names)));
    return result.build();
  }

  private static ByteString renamed(ByteString name, UnaryOperator<String> names) {
    return ByteString.copyFromUtf8(names.apply(name.toStringUtf8()));
  }
}
