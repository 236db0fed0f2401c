package dev.sardonyx.ort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Lack;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.Opaque;
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
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values that ONNX Runtime's Java API does not make by itself go in and come out all the same. */
class CarriageTest {
  private static final TensorType FLOATS = new TensorType(DType.FLOAT32, Shape.unknown());
  private static final SequenceType SEQUENCE = new SequenceType(FLOATS);

  /** One operator of ai.onnx as of an opset, or of another domain. */
  private static Graph graph(
      String domain,
      String operator,
      int opset,
      Attributes attributes,
      List<ValueType> inputs,
      ValueType output) {
    List<Value> in =
        IntStream.range(0, inputs.size()).mapToObj(i -> new Value("x" + i, inputs.get(i))).toList();
    var y = new Value("y", output);
    var op = new Opaque(domain, operator, opset, attributes, List.of(output));
    var node = new Node("node", op, in, List.of(y), Origin.unknown());
    return new Graph("one", in, List.of(y), List.of(node), Map.of(), Map.of());
  }

  private static Graph graph(String operator, int opset, List<ValueType> inputs, ValueType output) {
    return graph("", operator, opset, Attributes.none(), inputs, output);
  }

  private static Data run(Graph graph, Data... inputs) {
    Map<String, Data> given = new HashMap<>();
    for (int i = 0; i < inputs.length; i++) {
      given.put("x" + i, inputs[i]);
    }
    try (Session session = Sardonyx.engine("ort").open(graph, SessionOptions.defaults())) {
      return Objects.requireNonNull(session.runData(given).get("y"));
    }
  }

  private static Tensor vector(float... values) {
    return Tensor.of(values, values.length);
  }

  private static float[] floats(Data data) {
    return ((Tensor) data).dense().floats();
  }

  private static SequenceData sequence(Data... values) {
    return new SequenceData(FLOATS, List.of(values));
  }

  @Test
  void stringsOfEveryShapePass() {
    var type = new TensorType(DType.STRING, Shape.unknown());
    Graph identity = graph("Identity", 13, List.of(type), type);
    for (Shape shape : List.of(Shape.of(), Shape.of(0, 2), Shape.of(3), Shape.of(2, 1, 2))) {
      List<String> strings =
          IntStream.range(0, (int) shape.elements().fixed()).mapToObj(i -> "ä€" + i).toList();
      var result = (DenseTensor) run(identity, DenseTensor.ofStrings(strings, shape));
      assertThat(result.strings()).isEqualTo(strings);
      assertThat(result.shape()).isEqualTo(shape);
    }
  }

  @Test
  void stringsThatTheJavaApiSpoilsAreRefused() {
    var type = new TensorType(DType.STRING, Shape.unknown());
    Graph identity = graph("Identity", 13, List.of(type), type);
    for (String string : List.of("\0", "😀")) {
      assertThatThrownBy(() -> run(identity, DenseTensor.ofStrings(List.of(string), Shape.of(1))))
          .isInstanceOf(SardonyxException.class)
          .hasMessageContaining("beyond 16 bits");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT8E4M3FN", "FLOAT8E4M3FNUZ", "FLOAT8E5M2", "FLOAT8E5M2FNUZ"})
  void everyFloatOf8BitsPassesInfinitiesAmongThem(DType dtype) {
    byte[] bytes = new byte[256];
    for (int i = 0; i < 256; i++) {
      bytes[i] = (byte) i;
    }
    DenseTensor all = DenseTensor.view(dtype, Shape.of(256), MemorySegment.ofArray(bytes));
    var type = TensorType.of(dtype, 256L);
    var result = (DenseTensor) run(graph("Identity", 21, List.of(type), type), all);
    for (int i = 0; i < 256; i++) {
      assertThat(Double.valueOf(result.doubleAt(i)))
          .as("" + i)
          .isEqualTo(Double.valueOf(all.doubleAt(i)));
    }
  }

  @Test
  void sequencesGoInAndComeOut() {
    Graph insert = graph("SequenceInsert", 11, List.of(SEQUENCE, FLOATS), SEQUENCE);
    for (SequenceData given : List.of(sequence(), sequence(vector(1), vector(2, 3)))) {
      var result = (SequenceData) run(insert, given, vector(4));
      assertThat(result.element()).isEqualTo(FLOATS);
      assertThat(result.values()).hasSize(given.values().size() + 1);
      assertThat(floats(result.values().getLast())).containsExactly(4);
    }
  }

  @Test
  void sequencesOfTypesThatCannotBeMadeGoIn() {
    var element = new TensorType(DType.UINT16, Shape.unknown());
    var at = new TensorType(DType.INT64, Shape.of());
    Graph graph = graph("SequenceAt", 11, List.of(new SequenceType(element), at), element);
    DenseTensor value =
        DenseTensor.view(DType.UINT16, Shape.of(1), MemorySegment.ofArray(new short[] {-1}));
    var given = new SequenceData(element, List.of(value));
    assertThat(((Tensor) run(graph, given, Tensor.scalar(0L))).dense().doubleAt(0))
        .isEqualTo(65535);
  }

  @Test
  void optionalsWithAValueGoIn() {
    Graph get = graph("OptionalGetElement", 15, List.of(new OptionalType(SEQUENCE)), SEQUENCE);
    var given = new OptionalData(SEQUENCE, Optional.of(sequence(vector(5))));
    assertThat(floats(((SequenceData) run(get, given)).values().getFirst())).containsExactly(5);
  }

  @Test
  void optionalsWithoutAValueGoIn() {
    var bool = TensorType.of(DType.BOOL, new long[0]);
    for (ValueType element : List.of(FLOATS, SEQUENCE)) {
      Graph has = graph("OptionalHasElement", 15, List.of(new OptionalType(element)), bool);
      var absent = new OptionalData(element, Optional.empty());
      assertThat(((Tensor) run(has, absent)).dense().doubleAt(0)).isZero();
    }
  }

  @Test
  void optionalsWithoutAValueDoNotComeOutAndEndNoProcess() {
    var type = new OptionalType(FLOATS);
    Graph identity = graph("Identity", 16, List.of(type), type);
    assertThatThrownBy(() -> run(identity, new OptionalData(FLOATS, Optional.empty())))
        .hasMessageContaining("[Unsupported] ONNX Runtime cannot give an optional");
  }

  @Test
  void emptySequencesComeOut() {
    Graph identity = graph("Identity", 14, List.of(SEQUENCE), SEQUENCE);
    assertThat(((SequenceData) run(identity, sequence())).values()).isEmpty();
  }

  @Test
  void sequencesThatTheJavaApiDoesNotReadAreRefused() {
    var ints = new SequenceType(new TensorType(DType.INT32, Shape.unknown()));
    Graph identity = graph("Identity", 14, List.of(ints), ints);
    var given = new SequenceData(ints.element(), List.of(Tensor.of(new int[] {1}, 1)));
    assertThatThrownBy(() -> run(identity, given)).hasMessageContaining("[Unsupported]");
  }

  @Test
  void mapsComeOutInTheOrderOfTheirKeys() {
    var labels = new Attribute.Strings(List.of("b", "a"));
    var map = new MapType(DType.STRING, new TensorType(DType.FLOAT32, Shape.of()));
    Graph zip =
        graph(
            "ai.onnx.ml",
            "ZipMap",
            1,
            Attributes.none().with("classlabels_strings", labels),
            List.of(TensorType.of(DType.FLOAT32, 2L, 2L)),
            new SequenceType(map));
    var maps = (SequenceData) run(zip, Tensor.of(new float[] {1, 2, 3, 4}, 2, 2));
    assertThat(maps.type()).isEqualTo(new SequenceType(map));
    var last = (MapData) maps.values().getLast();
    assertThat(last.keys().strings()).containsExactly("a", "b");
    assertThat(last.values().values()).extracting(data -> floats(data)[0]).containsExactly(4f, 3f);
  }

  @Test
  void whatCannotBeCarriedIsNamedAtOpen() {
    var map = new MapType(DType.INT64, FLOATS);
    Graph graph = graph("Identity", 16, List.of(map), map);
    assertThatThrownBy(() -> run(graph))
        .isInstanceOfSatisfying(
            SardonyxException.class,
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.UNSUPPORTED);
              assertThat(error).hasMessageContaining("x0: map(int64");
              assertThat(error.lacks()).extracting(Lack::code).first().asString().contains("map(");
            });
  }

  @Test
  void operatorsOfStrangersAreNamedAtOpen() {
    Graph graph = graph("com.example", "Nothing", 1, Attributes.none(), List.of(FLOATS), FLOATS);
    assertThatThrownBy(() -> run(graph, vector(1)))
        .isInstanceOfSatisfying(
            SardonyxException.class,
            error ->
                assertThat(error.lacks()).containsExactly(new Lack("op:com.example:Nothing:1")));
  }
}
