package dev.sardonyx.onnx.internal.codec;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.onnx.internal.proto.TensorProto;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Where the data of tensors lies that is not in the model's own file. */
@FunctionalInterface
public interface ExternalData {
  /**
   * The bytes of a tensor, as many as its shape takes. Errors: FORMAT for keys that do not fit,
   * FILE for a file that is not there, LIMIT.
   */
  MemorySegment read(TensorProto proto, long bytes, Arena arena);

  /** For a model that has no folder. Errors: UNSUPPORTED on use. */
  static ExternalData none() {
    return (proto, bytes, arena) -> {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED,
          "its data lies in another file (external data), and a model that is not read from a file has"
              + " none beside it");
    };
  }
}
