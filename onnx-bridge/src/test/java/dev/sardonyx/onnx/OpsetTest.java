package dev.sardonyx.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Operators;
import dev.sardonyx.api.op.Pad;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.onnx.internal.proto.ModelProto;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpsetTest {

  @Test
  void namesAllNodesThatAnOpsetLacksAndTheLowestThatWorks() {
    Graph graph =
        Protos.read(
            21,
            g ->
                g.addInput(Protos.value("axes", DType.INT64.onnxCode(), 1))
                    .addNode(Protos.node("Relu", List.of("x"), List.of("r")))
                    .addNode(Protos.node("ReduceSum", List.of("r", "axes"), List.of("s")))
                    .addNode(Protos.node("ReduceMean", List.of("r", "axes"), List.of("m")))
                    .addOutput(Protos.untyped("s"))
                    .addOutput(Protos.untyped("m")));
    var error = catchThrowableOfType(SardonyxException.class, () -> Onnx.bytes(graph, 10));
    assertThat(error.code()).isEqualTo(ErrorCode.UNSUPPORTED);
    assertThat(error.reason())
        .contains("ReduceSum as of opset 13 or later (s)")
        .contains("ReduceMean as of opset 18 or later (m)")
        .contains("The lowest opset that works is 18")
        .doesNotContain("Relu");
  }

  /** Facts of ONNX's changelog: what a version first allowed. */
  @ParameterizedTest
  @CsvSource({
    "Acos, FLOAT32, 7", "Acos, BFLOAT16, 22", "Relu, INT32, 14", "Relu, BFLOAT16, 13",
    "Neg, INT64, 7", "Sign, UINT8, 9", "Identity, FLOAT8E5M2, 19", "Identity, INT2, 25",
    "Sqrt, FLOAT16, 7", "Softplus, BFLOAT16, 22", "Shape, BFLOAT16, 13", "IsNaN, BFLOAT16, 13",
  })
  void elementTypesCameWithAnOpset(String operator, DType dtype, int since) {
    Op op = Operators.read(operator, Attributes.none()).orElseThrow();
    Graph graph = Graphs.oneNode(op, TensorType.of(dtype, 2));
    assertThat(Onnx.nearestOpset(graph, 7)).isEqualTo(since);
    if (since > 7) {
      assertThatThrownBy(() -> Onnx.bytes(graph, since - 1))
          .hasMessageContaining(operator + " as of opset " + since + " or later");
    }
  }

  @Test
  void inputsCameWithAnOpset() {
    var data = TensorType.of(DType.FLOAT32, 2, 3);
    var all = TensorType.of(DType.INT64, 4);
    var pads = TensorType.of(DType.INT64, 2);
    var value = TensorType.of(DType.FLOAT32, new long[0]);
    var axes = TensorType.of(DType.INT64, 1);
    var pad = new Pad(Pad.Mode.CONSTANT);
    assertThat(Onnx.nearestOpset(Graphs.oneNode(pad, data, all, value), 7)).isEqualTo(11);
    assertThat(Onnx.nearestOpset(Graphs.oneNode(pad, data, pads, value, axes), 7)).isEqualTo(18);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 6, 28, Integer.MAX_VALUE})
  void refusesOpsetsThatAreNotWritten(int opset) {
    assertThatThrownBy(() -> Onnx.bytes(Graphs.twoLayers(), opset))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("[Argument] opset must be within 7 and 27, found " + opset);
  }

  @ParameterizedTest
  @CsvSource({"18,8", "19,9", "20,9", "21,10", "22,10", "23,11", "24,12", "25,13", "27,13"})
  void fileVersionIsThatOfTheOpset(int opset, int version) throws Exception {
    ModelProto model = ModelProto.parseFrom(Onnx.bytes(Graphs.twoLayers(), opset));
    assertThat(model.getIrVersion()).isEqualTo(version);
    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(opset);
  }

  @Test
  void operatorThatWeDoNotKnowIsWrittenInItsOwnVersionOnly() {
    Graph graph =
        Protos.read(
            17,
            g ->
                g.addNode(Protos.node("Unheard", List.of("x", "x"), List.of("y")))
                    .addOutput(Protos.value("y", 1, 2, 3)));
    assertThat(Onnx.nearestOpset(graph, 21)).isEqualTo(17);
    assertThatThrownBy(() -> Onnx.bytes(graph, 21))
        .hasMessageContaining("Unheard as of opset 17")
        .hasMessageContaining("The lowest opset that works is 17");
  }

  @Test
  void nodesWhoseFirstInputIsAbsentHaveAnOpsetToo() {
    Graph graph =
        Protos.read(
            8,
            g ->
                g.addNode(Protos.node("Unheard", List.of("", "x"), List.of("y")))
                    .addOutput(Protos.value("y", 1, 2, 3)));
    assertThat(Onnx.nearestOpset(graph, 21)).isEqualTo(8);
  }

  @Test
  void otherDomainsKeepTheirVersion() throws Exception {
    ModelProto model =
        Protos.model(
            17,
            g ->
                g.addNode(
                        Protos.node("Unheard", List.of("x"), List.of("y")).toBuilder()
                            .setDomain("own.domain"))
                    .addOutput(Protos.value("y", 1, 2, 3)));
    var imported = model.toBuilder();
    imported.addOpsetImportBuilder().setDomain("own.domain").setVersion(3);
    Graph graph = Onnx.read(imported.build().toByteArray(), "own.onnx");
    ModelProto written = ModelProto.parseFrom(Onnx.bytes(graph, 21));
    assertThat(written.getOpsetImportList().toString()).contains("own.domain", "version: 3");
  }
}
