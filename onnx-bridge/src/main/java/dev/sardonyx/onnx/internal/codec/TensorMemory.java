package dev.sardonyx.onnx.internal.codec;

import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.onnx.internal.proto.TensorProto;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Optional;

/**
 * Where a model's tensors are read to, and where those outside its file are read from.
 *
 * @param read the raw data of some messages that is in memory already, by identity; they have none
 */
public record TensorMemory(
    Arena arena, ExternalData external, Map<TensorProto, MemorySegment> read) {
  /** Memory that lives as long as anything views it, for a model without files beside it. */
  public static TensorMemory inline() {
    return new TensorMemory(Arena.ofAuto(), ExternalData.none(), Map.of());
  }

  /** The same with data that has been read. */
  public TensorMemory with(Map<TensorProto, MemorySegment> data) {
    return new TensorMemory(arena, external, data);
  }

  /** The tensor of a message. Errors: see {@link TensorCodec#decode}. */
  public DenseTensor read(TensorProto proto) {
    return TensorCodec.decode(proto, arena, external, Optional.ofNullable(read.get(proto)));
  }
}
