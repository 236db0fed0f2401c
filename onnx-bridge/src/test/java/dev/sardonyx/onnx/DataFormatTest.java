package dev.sardonyx.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.MapData;
import dev.sardonyx.api.tensor.OptionalData;
import dev.sardonyx.api.tensor.SequenceData;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.MapType;
import dev.sardonyx.api.type.OptionalType;
import dev.sardonyx.api.type.SequenceType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.onnx.internal.proto.ElementKind;
import dev.sardonyx.onnx.internal.proto.MapProto;
import dev.sardonyx.onnx.internal.proto.OptionalProto;
import dev.sardonyx.onnx.internal.proto.SequenceProto;
import dev.sardonyx.onnx.internal.proto.SparseTensorProto;
import dev.sardonyx.onnx.internal.proto.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values in files of their own: each kind reads back, and no file breaks the reader. */
class DataFormatTest {
  private static final TensorType FLOATS = new TensorType(DType.FLOAT32, Shape.unknown());
  private static final TensorType STRINGS = new TensorType(DType.STRING, Shape.unknown());

  private final OnnxDataFormat format = new OnnxDataFormat();
  @TempDir Path folder;

  private static Tensor vector(float... values) {
    return Tensor.of(values, values.length);
  }

  private Data read(Message message, ValueType type) throws IOException {
    return read(message.toByteArray(), type);
  }

  private Data read(byte[] bytes, ValueType type) throws IOException {
    return format.read(Files.write(folder.resolve("input_0.pb"), bytes), type);
  }

  private void refused(Message message, ValueType type, String... parts) {
    assertThatThrownBy(() -> read(message, type))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContainingAll(parts)
        .hasMessageContaining("input_0.pb");
  }

  private Data again(Data data) throws IOException {
    Path file = folder.resolve("output_0.pb");
    format.write(data, file);
    byte[] bytes = Files.readAllBytes(file);
    Data read = format.read(file, data.type());
    format.write(read, file);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    return read;
  }

  @Test
  void tensorsReadBackAsTheyWere() throws IOException {
    assertThat(((Tensor) again(vector(1, -2))).dense().floats()).containsExactly(1, -2);
    DenseTensor strings = DenseTensor.ofStrings(List.of("", "ä"), Shape.of(2, 1));
    assertThat(((Tensor) again(strings)).dense().strings()).containsExactly("", "ä");
    assertThat(again(strings).type()).isEqualTo(strings.type());
  }

  @Test
  void sequencesOptionalsAndMapsReadBackInOneAnother() throws IOException {
    var sequence = new SequenceData(FLOATS, List.of(vector(1), vector(2, 3)));
    var optional = new OptionalData(sequence.type(), Optional.of(sequence));
    assertThat(again(optional).type()).isEqualTo(new OptionalType(new SequenceType(FLOATS)));
    DenseTensor keys = DenseTensor.ofStrings(List.of("b", "a"), Shape.of(2));
    var map = new MapData(keys, new SequenceData(FLOATS, List.of(vector(1), vector(2))));
    var maps = new SequenceData(map.type(), List.of(map));
    var read = (MapData) ((SequenceData) again(maps)).values().getFirst();
    assertThat(read.keys().strings()).containsExactly("b", "a");
    assertThat(((Tensor) read.values().values().getLast()).dense().floats()).containsExactly(2);
  }

  @Test
  void keysOfEveryIntegerTypeReadBack() throws IOException {
    DenseTensor longs = Tensor.of(new long[] {Long.MIN_VALUE, 7}, 2).dense();
    for (DenseTensor keys : List.of(longs, Tensor.of(new int[] {-1, 7}, 2).dense())) {
      var map = new MapData(keys, new SequenceData(FLOATS, List.of(vector(1), vector(2))));
      assertThat(((MapData) again(map)).keys().longAt(1)).isEqualTo(7);
      assertThat(((MapData) again(map)).keys().longAt(0)).isEqualTo(keys.longAt(0));
    }
  }

  @Test
  void anEmptyFileIsAnOptionalWithoutAValue() throws IOException {
    var absent = new OptionalData(FLOATS, Optional.empty());
    assertThat(read(new byte[0], absent.type())).isEqualTo(absent);
    format.write(absent, folder.resolve("output_0.pb"));
    assertThat(folder.resolve("output_0.pb")).isEmptyFile();
    assertThat(read(OptionalProto.newBuilder().setName("named").build(), absent.type()))
        .isEqualTo(absent);
  }

  @Test
  void theDeclaredTypeIsWhatTheFileMustHold() {
    TensorProto tensor = TensorProto.newBuilder().setDataType(1).addFloatData(1).build();
    refused(tensor, STRINGS, "expected a tensor of string", "float32[]");
    var sequence = SequenceProto.newBuilder().setElemType(ElementKind.ELEMENT_TENSOR);
    sequence.addTensorValues(tensor);
    refused(sequence.build(), new SequenceType(STRINGS), "expected a tensor of string");
    refused(
        sequence.build(), new SequenceType(new SequenceType(FLOATS)), "sequence(float32", "tensor");
    refused(
        OptionalProto.newBuilder().setTensorValue(tensor).build(),
        new OptionalType(new SequenceType(FLOATS)),
        "optional");
    refused(TensorProto.getDefaultInstance(), FLOATS, "element type 0");
  }

  @Test
  void sparseTensorsAreRefused() {
    var sparse = SparseTensorProto.getDefaultInstance();
    refused(
        SequenceProto.newBuilder().addSparseTensorValues(sparse).build(),
        new SequenceType(FLOATS),
        "1 values of other kinds");
    refused(
        OptionalProto.newBuilder().setSparseTensorValue(sparse).build(),
        new OptionalType(FLOATS),
        "expected an optional of float32");
  }

  @Test
  void mapsHaveAsManyDistinctKeysAsValues() {
    var type = new MapType(DType.INT64, FLOATS);
    var map = MapProto.newBuilder().setKeyType(7).addKeys(1).addKeys(1);
    refused(map.build(), type, "a key twice");
    refused(map.setKeys(1, 2).build(), type, "2 keys and 0 values");
    refused(map.addStringKeys(ByteString.EMPTY).build(), type, "keys of int64");
    refused(map.clearStringKeys().setKeyType(1).build(), type, "keys of float32");
    refused(
        MapProto.newBuilder().setKeyType(6).addKeys(1L << 40).build(),
        new MapType(DType.INT32, FLOATS),
        "exceeds its type");
  }

  @Test
  void nestingIsBounded() {
    var inner = SequenceProto.getDefaultInstance();
    ValueType type = new SequenceType(FLOATS);
    for (int i = 0; i < 200; i++) {
      inner = SequenceProto.newBuilder().addSequenceValues(inner).setElemTypeValue(3).build();
      type = new SequenceType(type);
    }
    refused(inner, type, "Format");
  }

  @Test
  void flippedBytesNeverEscapeTheErrorFamily() throws IOException {
    DenseTensor keys = Tensor.of(new long[] {1, 2}, 2).dense();
    var map = new MapData(keys, new SequenceData(FLOATS, List.of(vector(1), vector(2))));
    var data = new SequenceData(map.type(), List.of(map, map));
    Path file = folder.resolve("data.pb");
    format.write(data, file);
    byte[] bytes = Files.readAllBytes(file);
    var random = new Random(1);
    for (int round = 0; round < 3000; round++) {
      byte[] flipped = bytes.clone();
      flipped[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      try {
        read(flipped, data.type());
      } catch (SardonyxException refused) {
        assertThat(refused.code()).isIn(ErrorCode.FORMAT, ErrorCode.LIMIT, ErrorCode.UNSUPPORTED);
      }
    }
  }
}
