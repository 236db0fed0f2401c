package dev.sardonyx.runtime.checkpoint.safetensors;

import dev.sardonyx.api.checkpoint.SafetensorsHeader;
import dev.sardonyx.api.checkpoint.SafetensorsType;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.json.JsonText;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Makes headers. The header names the tensors in the state dict's order; their data lies widest
 * elements first, so that all of it is aligned.
 */
final class HeaderWriter {
  private static final int ALIGNMENT = 8;

  private HeaderWriter() {}

  static Map<String, Tensor> inFileOrder(StateDict state) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    state.entries().entrySet().stream()
        .sorted(Comparator.comparing(entry -> -entry.getValue().dtype().bits()))
        .forEach(entry -> result.put(entry.getKey(), entry.getValue()));
    return result;
  }

  /** The header's length and its text, padded with spaces. Errors: DTYPE, ARGUMENT. */
  static byte[] header(StateDict state) {
    var text = new StringBuilder("{");
    if (!state.metadata().isEmpty()) {
      text.append(JsonText.quoted(SafetensorsHeader.METADATA))
          .append(':')
          .append(metadata(state))
          .append(',');
    }
    Map<String, Long> begins = begins(state);
    state
        .entries()
        .forEach(
            (name, tensor) ->
                text.append(JsonText.quoted(name))
                    .append(':')
                    .append(entry(name, tensor.dense(), Objects.requireNonNull(begins.get(name))))
                    .append(','));
    if (text.charAt(text.length() - 1) == ',') {
      text.setLength(text.length() - 1);
    }
    byte[] json = text.append('}').toString().getBytes(StandardCharsets.UTF_8);
    int length = Math.ceilDiv(json.length, ALIGNMENT) * ALIGNMENT;
    ByteBuffer result =
        ByteBuffer.allocate(Long.BYTES + length).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    result.put(json);
    while (result.hasRemaining()) {
      result.put((byte) ' ');
    }
    return result.array();
  }

  private static Map<String, Long> begins(StateDict state) {
    Map<String, Long> result = new LinkedHashMap<>();
    long begin = 0;
    for (Map.Entry<String, Tensor> entry : inFileOrder(state).entrySet()) {
      result.put(entry.getKey(), begin);
      begin += entry.getValue().dense().segment().byteSize();
    }
    return result;
  }

  private static String metadata(StateDict state) {
    return new TreeMap<>(state.metadata())
        .entrySet().stream()
            .map(entry -> JsonText.quoted(entry.getKey()) + ":" + JsonText.quoted(entry.getValue()))
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static String entry(String name, DenseTensor tensor, long begin) {
    if (name.equals(SafetensorsHeader.METADATA)) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, "no tensor of a safetensors file may be named " + name);
    }
    return "{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(
            SafetensorsType.write(tensor.dtype()),
            tensor.shape().toString().replace(" ", ""),
            begin,
            begin + tensor.segment().byteSize());
  }
}
