package dev.sardonyx.ort;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Strings in and out. ONNX Runtime's Java API takes them through JNI's own encoding, which is UTF-8
 * but for the character 0 and those beyond 16 bits: strings with such are refused.
 */
final class OrtStrings {
  private OrtStrings() {}

  static OnnxTensor toOrt(OrtEnvironment environment, String name, DenseTensor tensor)
      throws OrtException {
    for (String string : tensor.strings()) {
      if (string.chars().anyMatch(c -> c == 0 || Character.isSurrogate((char) c))) {
        throw new SardonyxException(
            ErrorCode.UNSUPPORTED,
            "input '"
                + name
                + "' has characters that ONNX Runtime's Java API does not carry: 0 or beyond 16"
                + " bits");
      }
    }
    String[] strings = tensor.strings().toArray(String[]::new);
    return OnnxTensor.createTensor(environment, strings, tensor.shape().sizes());
  }

  static DenseTensor fromOrt(OnnxTensor tensor, Shape shape) throws OrtException {
    List<String> strings = new ArrayList<>();
    if (shape.elements().fixed() > 0) {
      collect(tensor.getValue(), strings);
    }
    return DenseTensor.ofStrings(strings, shape);
  }

  /** Strings of many dims come as arrays in arrays, as deep as the rank. */
  private static void collect(Object value, List<String> target) {
    if (value instanceof Object[] array) {
      for (Object element : array) {
        collect(element, target);
      }
    } else {
      target.add((String) value);
    }
  }
}
