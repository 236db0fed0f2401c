package dev.sardonyx.onnx.internal.read;

import com.google.protobuf.CodedInputStream;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.onnx.internal.proto.ModelProto;
import dev.sardonyx.onnx.internal.proto.OperatorSetIdProto;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a model file tells besides its graph, which is skipped. Source: onnx.proto, ModelProto. */
public final class FileFacts {
  private static final int TYPE_BITS = 3;

  private FileFacts() {}

  /** Versions and producer. Errors: FILE, FORMAT. */
  public static Map<String, String> read(Path file) {
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return read(CodedInputStream.newInstance(bytes));
    } catch (IOException error) {
      throw new SardonyxException(
              ErrorCode.FORMAT, "expected an ONNX model: " + error.getMessage(), error)
          .in(file.toString());
    }
  }

  private static Map<String, String> read(CodedInputStream in) throws IOException {
    in.setSizeLimit(Integer.MAX_VALUE);
    Map<String, String> result = new LinkedHashMap<>();
    List<String> opsets = new ArrayList<>();
    String producer = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag >>> TYPE_BITS) {
        case ModelProto.IR_VERSION_FIELD_NUMBER ->
            result.put("ir_version", Long.toString(in.readInt64()));
        case ModelProto.PRODUCER_NAME_FIELD_NUMBER -> producer = in.readStringRequireUtf8();
        case ModelProto.PRODUCER_VERSION_FIELD_NUMBER ->
            producer = (producer + " " + in.readStringRequireUtf8()).strip();
        case ModelProto.OPSET_IMPORT_FIELD_NUMBER -> {
          var opset = OperatorSetIdProto.parseFrom(in.readByteArray());
          String domain = OpsetImports.domain(opset.getDomain());
          opsets.add((domain.isEmpty() ? "ai.onnx" : domain) + " " + opset.getVersion());
        }
        default -> in.skipField(tag);
      }
    }
    result.put("opset", String.join(", ", opsets));
    if (!producer.isEmpty()) {
      result.put("producer", producer);
    }
    return result;
  }
}
