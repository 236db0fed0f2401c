package dev.sardonyx.runtime.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.MatMul;
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
import dev.sardonyx.runtime.engine.Graphs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RandomInputsTest {
  @Test
  void aSymbolHasOneSizeInAllInputs() {
    var net = new Graphs();
    var a = net.input("a", "n", "4");
    var b = net.input("b", "4", "n");
    var inputs = RandomInputs.of(net.outputs(net.add(new MatMul(), a, b)), 0, Map.of(), 1);
    assertThat(Graphs.named(inputs, "a").type()).hasToString("float32[1, 4]");
    assertThat(Graphs.named(inputs, "b").type()).hasToString("float32[4, 1]");
  }

  @Test
  void valuesOfEveryKindAreMade() {
    var floats = TensorType.of(DType.FLOAT32, "n", "3");
    var builder = new GraphBuilder("values");
    Value words = builder.input("words", new TensorType(DType.STRING, Shape.of(4)));
    builder.input("sequence", new SequenceType(floats));
    builder.input("optional", new OptionalType(new TensorType(DType.INT64, Shape.unknown())));
    builder.input("map", new MapType(DType.STRING, floats));
    Graph graph = builder.build(List.of(words), Map.of());
    Map<String, Data> inputs = RandomInputs.of(graph, 7, Map.of("n", 5L), 2);
    assertThat(((Tensor) Graphs.named(inputs, "words")).dense().strings())
        .hasSize(4)
        .allSatisfy(word -> assertThat(word).containsOnlyDigits());
    assertThat(((SequenceData) Graphs.named(inputs, "sequence")).values())
        .hasSize(3)
        .allSatisfy(value -> assertThat(value.type()).hasToString("float32[5, 3]"));
    assertThat(((OptionalData) Graphs.named(inputs, "optional")).value().orElseThrow().type())
        .hasToString("int64[2]");
    assertThat(((MapData) Graphs.named(inputs, "map")).keys().strings()).doesNotHaveDuplicates();
  }

  @Test
  void inputsThatHaveAValueGetNoOther() {
    Value x = new Value("x", TensorType.of(DType.FLOAT32, "2"));
    Map<String, DenseTensor> defaults = Map.of("x", Tensor.ones(2).dense());
    var graph = new Graph("g", List.of(x), List.of(x), List.of(), defaults, Map.of());
    assertThat(RandomInputs.of(graph, 0, Map.of(), 1)).isEmpty();
  }
}
