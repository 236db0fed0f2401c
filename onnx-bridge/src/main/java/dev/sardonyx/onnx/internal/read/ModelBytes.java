package dev.sardonyx.onnx.internal.read;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.onnx.internal.codec.Messages;
import dev.sardonyx.onnx.internal.proto.GraphProto;
import dev.sardonyx.onnx.internal.proto.ModelProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;

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
  public record Data(int initializer, ByteString bytes) {}

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
      ByteBuffer memory = DenseTensor.allocate(DType.UINT8, Shape.of(one.length())).asByteBuffer();
      FileBytes.fill(channel, one.offset(), memory);
      data.add(new Data(one.initializer(), UnsafeByteOperations.unsafeWrap(memory.flip())));
      to += before;
      at = one.offset() + one.length();
    }
    FileBytes.fill(channel, at, ByteBuffer.wrap(bytes, to, bytes.length - to));
    ranges.shorten(bytes);
    return new ModelBytes(channel.size(), UnsafeByteOperations.unsafeWrap(bytes), data);
  }

  /** The message, data and all. Errors: FORMAT, LIMIT. */
  ModelProto parse() {
    ModelProto model = Messages.parse(bytes, size, ModelProto.parser(), "an ONNX model");
    if (data.isEmpty()) {
      return model;
    }
    GraphProto.Builder graph = model.getGraph().toBuilder();
    for (Data one : data) {
      graph.setInitializer(
          one.initializer(),
          graph.getInitializer(one.initializer()).toBuilder().setRawData(one.bytes()));
    }
    return model.toBuilder().setGraph(graph).build();
  }
}
