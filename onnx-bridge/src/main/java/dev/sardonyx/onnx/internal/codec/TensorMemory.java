package dev.sardonyx.onnx.internal.codec;

import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.onnx.internal.proto.TensorProto;
import java.lang.foreign.Arena;

/** Where a model's tensors are read to, and where those outside its file are read from. */
public record TensorMemory(Arena arena, ExternalData external) {
  /** Memory that lives as long as anything views it, for a model without files beside it. */
  public static TensorMemory inline() {
    return new TensorMemory(Arena.ofAuto(), ExternalData.none());
  }

  /** The tensor of a message. Errors: see {@link TensorCodec#decode}. */
  public DenseTensor read(TensorProto proto) {
    return TensorCodec.decode(proto, arena, external);
  }
}
