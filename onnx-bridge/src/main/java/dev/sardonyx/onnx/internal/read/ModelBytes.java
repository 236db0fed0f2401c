package dev.sardonyx.onnx.internal.read;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.onnx.internal.codec.Messages;
import dev.sardonyx.onnx.internal.proto.ModelProto;
import dev.sardonyx.onnx.internal.proto.TensorProto;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bytes of a model, the data of large initializers apart: they are read to where tensors keep
 * them, so that they are in memory once.
 *
 * @param size of the model, with all data
 * @param bytes the model without that data, which is empty there
 * @param data what was taken out
 */
public record ModelBytes(long size, ByteString bytes, List<Data> data) {
  public ModelBytes {
    data = List.copyOf(data);
  }

  /** The data of an initializer by its number in the graph, aligned as tensors are. */
  public record Data(int initializer, MemorySegment memory) {}

  /** A model that is in memory. */
  public static ModelBytes of(ByteString bytes) {
    return new ModelBytes(bytes.size(), bytes, List.of());
  }

  /** Reads a file. Errors: FILE, LIMIT. */
  static ModelBytes read(SeekableByteChannel channel) throws IOException {
    DataRanges ranges = DataRanges.of(channel);
    byte[] bytes = FileBytes.allocate(channel.size() - ranges.removed());
    List<Data> data = new ArrayList<>();
    long at = 0;
    int to = 0;
    for (DataRanges.Data one : ranges.data()) {
      int before = (int) (one.offset() - at);
      FileBytes.fill(channel, at, ByteBuffer.wrap(bytes, to, before));
      MemorySegment memory = DenseTensor.allocate(DType.UINT8, Shape.of(one.length()));
      FileBytes.fill(channel, one.offset(), memory.asByteBuffer());
      data.add(new Data(one.initializer(), memory));
      to += before;
      at = one.offset() + one.length();
    }
    FileBytes.fill(channel, at, ByteBuffer.wrap(bytes, to, bytes.length - to));
    ranges.shorten(bytes);
    return new ModelBytes(channel.size(), UnsafeByteOperations.unsafeWrap(bytes), data);
  }

  /** The message without that data. Errors: FORMAT, LIMIT. */
  ModelProto parse() {
    return Messages.parse(bytes, size, ModelProto.parser(), "an ONNX model");
  }

  /** The data by the messages that it is taken out of, which are told apart by identity. */
  Map<TensorProto, MemorySegment> data(ModelProto model) {
    Map<TensorProto, MemorySegment> result = new IdentityHashMap<>();
    for (Data one : data) {
      result.put(model.getGraph().getInitializer(one.initializer()), one.memory());
    }
    return result;
  }
}
