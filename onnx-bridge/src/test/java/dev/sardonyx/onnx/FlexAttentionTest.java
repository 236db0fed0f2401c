package dev.sardonyx.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.onnx.internal.proto.AttributeProto;
import dev.sardonyx.onnx.internal.proto.AttributeProto.AttributeType;
import dev.sardonyx.onnx.internal.proto.GraphProto;
import dev.sardonyx.onnx.internal.proto.OperatorSetIdProto;
import java.util.List;
import org.junit.jupiter.api.Test;

/** FlexAttention becomes nodes of ai.onnx; what does not fit is refused with its reason. */
class FlexAttentionTest {
  private static Graph read(AttributeProto... attributes) {
    var node =
        Protos.node("FlexAttention", List.of("q", "q", "q"), List.of("y"), attributes).toBuilder()
            .setDomain("ai.onnx.preview");
    var model =
        Protos.model(
                26,
                graph ->
                    graph
                        .addInput(Protos.value("q", 1, 1, 2, 3, 3))
                        .addNode(node)
                        .addOutput(Protos.untyped("y")))
            .toBuilder()
            .addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain("ai.onnx.preview").setVersion(1));
    return Onnx.read(model.build().toByteArray(), "flex.onnx");
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  private static void refused(String reason, AttributeProto attribute) {
    assertThatThrownBy(() -> read(attribute))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void itBecomesNodesOfTheVocabulary() {
    assertThat(read().nodes()).noneMatch(node -> node.op() instanceof Opaque);
  }

  /** Within each other they take names that grow by a step, and do not double. */
  @Test
  void theyStandWithinEachOther() {
    GraphProto graph =
        GraphProto.newBuilder()
            .setName("none")
            .addInput(Protos.untyped("s"))
            .addOutput(Protos.untyped("s"))
            .build();
    for (int i = 0; i < 25; i++) {
      var inner =
          Protos.node(
              "FlexAttention",
              List.of("s", "s", "s"),
              List.of("t"),
              Protos.graph("score_mod", graph));
      graph =
          GraphProto.newBuilder()
              .setName("inner")
              .addInput(Protos.untyped("s"))
              .addNode(inner.toBuilder().setDomain("ai.onnx.preview"))
              .addOutput(Protos.untyped("t"))
              .build();
    }
    Graph read = read(Protos.graph("prob_mod", graph));
    assertThat(read.nodes()).allMatch(node -> node.name().length() < 1000);
  }

  @Test
  void attributesThatDoNotFitAreRefused() {
    refused("softmax_precision must be one of", integer("softmax_precision", 6));
    refused("element type 2147483647", integer("softmax_precision", 1L << 40));
    refused("unknown attribute", integer("softcap", 1));
    refused("score_mod must be of type GRAPH, found INT", integer("score_mod", 3));
    refused("scale must be of type FLOAT, found INT", integer("scale", 2));
    var graph = GraphProto.newBuilder().addInput(Protos.untyped("s"));
    refused(
        "prob_mod must have one input and one output, found 1 and 0",
        AttributeProto.newBuilder()
            .setName("prob_mod")
            .setType(AttributeType.GRAPH)
            .setG(graph)
            .build());
  }
}
