package dev.sardonyx.onnx;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.sardonyx.onnx.internal.proto.AttributeProto;
import dev.sardonyx.onnx.internal.proto.GraphProto;
import dev.sardonyx.onnx.internal.proto.NodeProto;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What has no derivative that is known is refused by name, and so is what fits nothing. */
class GradientErrorsTest {

  private static NodeProto gradient(List<String> inputs, String y, String... xs) {
    var names =
        AttributeProto.newBuilder().setName("xs").setType(AttributeProto.AttributeType.STRINGS);
    List.of(xs).forEach(x -> names.addStrings(ByteString.copyFromUtf8(x)));
    return Protos.node("Gradient", inputs, List.of("d"), names.build(), Protos.string("y", y))
        .toBuilder()
        .setDomain("ai.onnx.preview.training")
        .build();
  }

  private static void read(NodeProto... nodes) {
    var model =
        Protos.model(
            13,
            g -> {
              List.of(nodes).forEach(g::addNode);
              g.addOutput(Protos.untyped("d"));
            });
    var imported = model.toBuilder();
    imported.addOpsetImportBuilder().setDomain("ai.onnx.preview.training").setVersion(1);
    Onnx.read(imported.build().toByteArray(), "gradient.onnx");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Floor", "Hardmax", "LpNormalization", "Ceil"})
  void operatorsWithoutADerivativeAreNamed(String operator) {
    var node = Protos.node(operator, List.of("x"), List.of("y"));
    assertThatThrownBy(() -> read(node, gradient(List.of("x"), "y", "x")))
        .hasMessageContaining("[Unsupported] Gradient through " + operator);
  }

  @Test
  void valuesOfUnknownTypeHaveNone() {
    var node = Protos.node("Unheard", List.of("x"), List.of("y"));
    assertThatThrownBy(() -> read(node, gradient(List.of("x"), "y", "x")))
        .hasMessageContaining("[Unsupported] Gradient: y");
  }

  @Test
  void thereIsAValueForEachName() {
    var node = Protos.node("Neg", List.of("x"), List.of("y"));
    assertThatThrownBy(() -> read(node, gradient(List.of("x"), "y", "x", "z")))
        .hasMessageContaining("[Argument]")
        .hasMessageContaining("found 1 inputs and 1 outputs for xs = [x, z], zs = []");
    assertThatThrownBy(() -> read(node, gradient(List.of("x", "x"), "y", "x", "x")))
        .hasMessageContaining("[Argument]");
  }

  @Test
  void whatIsDifferentiatedIsThere() {
    assertThatThrownBy(() -> read(gradient(List.of("x"), "y", "x")))
        .hasMessageContaining("[Graph] value 'y' is used but not defined");
  }

  @Test
  void whatItNamesIsThere() {
    var node = Protos.node("Neg", List.of("x"), List.of("y"));
    assertThatThrownBy(() -> read(node, gradient(List.of("x"), "y", "nowhere")))
        .hasMessageContaining("[Graph] value 'nowhere' is used but not defined");
    assertThatThrownBy(() -> read(node, gradient(List.of("x"), "", "x")))
        .hasMessageContaining("[Argument] Gradient must name values");
  }

  /** What is computed around a graph may depend on x as well. */
  @Test
  void aGraphWithinDifferentiatesItsOwnNodesAlone() {
    var inner = Protos.node("Neg", List.of("square"), List.of("z"));
    for (String y : List.of("square", "z")) {
      GraphProto body =
          GraphProto.newBuilder()
              .setName("body")
              .addNode(inner)
              .addNode(gradient(List.of("x"), y, "x"))
              .addOutput(Protos.untyped("d"))
              .build();
      AttributeProto then = Protos.graph("then_branch", body);
      AttributeProto otherwise = Protos.graph("else_branch", body);
      var truth = Protos.tensor("value", Protos.raw("c", 9, List.of(), (byte) 1));
      assertThatThrownBy(
              () ->
                  read(
                      Protos.node("Constant", List.of(), List.of("c"), truth),
                      Protos.node("Mul", List.of("x", "x"), List.of("square")),
                      Protos.node("If", List.of("c"), List.of("d"), then, otherwise)))
          .hasMessageContaining("[Unsupported] Gradient: how 'square' is computed around");
    }
  }

  /** Each derivative of a tanh has several times the nodes of the one before. */
  @Test
  void derivativesOfDerivativesAreBounded() {
    List<NodeProto> nodes = new ArrayList<>();
    nodes.add(Protos.node("Tanh", List.of("x"), List.of("y0")));
    for (int i = 0; i < 60; i++) {
      NodeProto next = gradient(List.of("x"), "y" + i, "x");
      nodes.add(next.toBuilder().setOutput(0, i == 59 ? "d" : "y" + (i + 1)).build());
    }
    assertThatThrownBy(() -> read(nodes.toArray(NodeProto[]::new)))
        .hasMessageContaining("[Limit] the graph has more nodes");
  }

  @Test
  void aDerivativeOfItselfIsACycle() {
    assertThatThrownBy(() -> read(gradient(List.of("x"), "d", "x")))
        .hasMessageContaining("[Graph] nodes form a cycle");
  }
}
