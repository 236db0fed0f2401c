package dev.sardonyx.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.onnx.internal.proto.ModelProto;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpsetTest {

  @Test
  void namesAllNodesThatAnOpsetLacksAndTheLowestThatWorks() {
    var error =
        catchThrowableOfType(SardonyxException.class, () -> Onnx.bytes(Graphs.twoLayers(), 10));
    assertThat(error.code()).isEqualTo(ErrorCode.UNSUPPORTED);
    assertThat(error.reason())
        .contains("Gemm as of opset 11 or later (gemm_1, TwoLayers.java:17)")
        .contains("Softmax as of opset 13 or later (softmax_1)")
        .contains("ReduceMean as of opset 18 or later (reducemean_1, TwoLayers.java:20)")
        .contains("The lowest opset that works is 18")
        .doesNotContain("Relu");
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
                g.addNode(Protos.node("Scan", List.of("", "x"), List.of("y")))
                    .addOutput(Protos.value("y", 1, 2, 3)));
    assertThat(Onnx.nearestOpset(graph, 21)).isEqualTo(8); // Scan changed in 9
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
