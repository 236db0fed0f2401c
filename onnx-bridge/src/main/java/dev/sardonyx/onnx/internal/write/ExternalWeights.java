package dev.sardonyx.onnx.internal.write;

import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.onnx.internal.codec.TensorCodec;
import dev.sardonyx.onnx.internal.proto.StringStringEntryProto;
import dev.sardonyx.onnx.internal.proto.TensorProto;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Constants whose data goes to one file beside the model. Source: ONNX, external data. */
public final class ExternalWeights implements Weights {
  /** Smaller ones stay in the model: shapes and scales are wanted with it. */
  private static final long SMALLEST = 1024;

  /** Pages, so that large pieces can be mapped. */
  private static final long ALIGNMENT = 4096;

  private record Piece(DenseTensor tensor, long offset) {}

  private final String location;
  private final List<Piece> pieces = new ArrayList<>();
  private long end;

  /** For a file of this name. */
  public ExternalWeights(String location) {
    this.location = location;
  }

  @Override
  public TensorProto encode(String name, DenseTensor tensor) {
    if (tensor.dtype() == DType.STRING || tensor.byteSize() < SMALLEST) {
      return TensorCodec.encode(name, tensor);
    }
    long offset = Math.ceilDiv(end, ALIGNMENT) * ALIGNMENT;
    pieces.add(new Piece(tensor, offset));
    end = offset + tensor.byteSize();
    return TensorCodec.header(name, tensor)
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", location))
        .addExternalData(entry("offset", Long.toString(offset)))
        .addExternalData(entry("length", Long.toString(tensor.byteSize())))
        .build();
  }

  private static StringStringEntryProto.Builder entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value);
  }

  /** Writes the data of all that were encoded. */
  public void writeTo(OutputStream out) throws IOException {
    long at = 0;
    for (Piece piece : pieces) {
      out.write(new byte[(int) (piece.offset() - at)]);
      TensorCodec.write(piece.tensor(), out);
      at = piece.offset() + piece.tensor().byteSize();
    }
  }
}
