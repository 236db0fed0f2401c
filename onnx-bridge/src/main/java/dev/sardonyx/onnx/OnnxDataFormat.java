package dev.sardonyx.onnx;

import com.google.protobuf.Message;
import dev.sardonyx.api.engine.DataFormat;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.file.AtomicFile;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.onnx.internal.codec.DataDecoder;
import dev.sardonyx.onnx.internal.codec.DataEncoder;
import dev.sardonyx.onnx.internal.codec.Messages;
import dev.sardonyx.onnx.internal.read.FileBytes;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/**
 * Values as ONNX's own test data has them: a file holds a TensorProto, SequenceProto, OptionalProto
 * or MapProto, and only the declared type tells which. Source: onnx-data.proto.
 */
public final class OnnxDataFormat implements DataFormat {
  @Override
  public String extension() {
    return ".pb";
  }

  @Override
  public Data read(Path file, ValueType type) {
    try {
      return new DataDecoder(Arena.ofAuto()).decode(FileBytes.read(file), type);
    } catch (SardonyxException error) {
      throw error.in(file.toString());
    }
  }

  @Override
  public void write(Data data, Path file) {
    try {
      Message message = DataEncoder.encode(data);
      AtomicFile.write(file, out -> Messages.write(message, out));
    } catch (SardonyxException error) {
      throw error.in(file.toString());
    }
  }
}
