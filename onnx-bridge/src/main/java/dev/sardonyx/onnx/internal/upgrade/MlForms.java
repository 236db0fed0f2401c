package dev.sardonyx.onnx.internal.upgrade;

import com.google.protobuf.ByteString;
import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.onnx.internal.codec.AttributeCodec;
import dev.sardonyx.onnx.internal.proto.TensorProto;
import java.util.List;
import java.util.stream.LongStream;

/** The table of LabelEncoder in its older forms, and its tensors of strings. */
public final class MlForms {
  private MlForms() {}

  /** The newest form of a node of ai.onnx.ml. */
  public static void apply(Draft node) {
    if (!node.operator().equals("LabelEncoder")) {
      return;
    }
    if (node.has("classes_strings")) {
      classes(node);
    }
    strings(node, "keys_tensor", "keys_strings");
    strings(node, "values_tensor", "values_strings");
    strings(node, "default_tensor", "default_string");
  }

  /** One list served both ways: strings to their places, or places to strings. */
  private static void classes(Draft node) {
    List<String> classes = node.attributes().strings("classes_strings");
    Attribute strings = new Attribute.Strings(classes);
    Attribute places = new Attribute.Ints(LongStream.range(0, classes.size()).boxed().toList());
    boolean text = node.dtype(0).filter(DType.STRING::equals).isPresent();
    node.drop("classes_strings");
    node.set(text ? "keys_strings" : "keys_int64s", text ? strings : places);
    node.set(text ? "values_int64s" : "values_strings", text ? places : strings);
  }

  private static void strings(Draft node, String tensor, String list) {
    if (!(node.attributes().byName().get(tensor) instanceof Attribute.Encoded encoded)) {
      return;
    }
    TensorProto proto = AttributeCodec.parse(encoded).getT();
    List<String> values = proto.getStringDataList().stream().map(ByteString::toStringUtf8).toList();
    if (proto.getDataType() != DType.STRING.onnxCode() || values.isEmpty()) {
      return;
    }
    node.drop(tensor);
    node.set(
        list,
        list.equals("default_string")
            ? Attribute.of(values.getFirst())
            : new Attribute.Strings(values));
  }
}
