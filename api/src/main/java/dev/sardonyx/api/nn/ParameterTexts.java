package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the containers of parameters have in common. */
final class ParameterTexts {
  private ParameterTexts() {}

  static Parameter parameter(Tensor tensor) {
    return tensor instanceof Parameter parameter ? parameter : new Parameter(tensor);
  }

  /** The elements first, because they may come from the container that takes them. */
  static List<Tensor> copy(Iterable<? extends Tensor> tensors) {
    List<Tensor> result = new ArrayList<>();
    tensors.forEach(result::add);
    return result;
  }

  /** Source: torch.nn.ParameterList.extra_repr, which names element types as dtype does. */
  static String inList(List<Map.Entry<String, Parameter>> entries) {
    return lines(entries, parameter -> "torch." + parameter.dtype());
  }

  /** Source: torch.nn.ParameterDict.extra_repr, which names element types as Tensor.type() does. */
  static String inDict(List<Map.Entry<String, Parameter>> entries) {
    return lines(entries, parameter -> "torch." + className(parameter.dtype()) + "Tensor");
  }

  private static String lines(
      List<Map.Entry<String, Parameter>> entries, Function<Parameter, String> typeName) {
    return entries.stream()
        .map(
            entry ->
                "  (%s): Parameter containing: [%s of size %s]"
                    .formatted(
                        entry.getKey(),
                        typeName.apply(entry.getValue()),
                        entry.getValue().shape().dims().stream()
                            .map(Dim::toString)
                            .collect(Collectors.joining("x"))))
        .collect(Collectors.joining("\n"));
  }

  private static String className(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> "Float";
      case FLOAT64 -> "Double";
      case FLOAT16 -> "Half";
      case BFLOAT16 -> "BFloat16";
      case INT64 -> "Long";
      case INT32 -> "Int";
      case INT16 -> "Short";
      case INT8 -> "Char";
      case UINT8 -> "Byte";
      case BOOL -> "Bool";
      case COMPLEX64 -> "ComplexFloat";
      case COMPLEX128 -> "ComplexDouble";
      case UINT16, UINT32, UINT64, UINT4, INT4, UINT2, INT2, STRING -> dtype.name();
      case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ -> dtype.name();
      case FLOAT8E8M0, FLOAT4E2M1 -> dtype.name();
    };
  }
}
