package dev.sardonyx.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.onnx.internal.proto.AttributeProto;
import dev.sardonyx.onnx.internal.proto.NodeProto;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nodes of opset 7 to 17: ONNX Runtime computes the same from the upgraded graph as from the file.
 */
class OldFormsTest {

  private static NodeProto node(String operator, AttributeProto... attributes) {
    return Protos.node(operator, List.of("x"), List.of("y"), attributes);
  }

  @ParameterizedTest
  @CsvSource({"Softmax,7", "Softmax,12", "LogSoftmax,11", "Hardmax,12"})
  void softmaxOfOldTakesAllDimsFromTheAxisOnAsOne(String operator, int opset) throws OrtException {
    for (int axis = 0; axis < 3; axis++) {
      OldNode old = new OldNode(opset, node(operator, Protos.integer("axis", axis)));
      if (!operator.equals("Hardmax")) {
        old.input("x", 2, 3, 4).requireSame();
        old.input("x", 2, 1, 5).requireSame();
        old.input("x", 2, 5, 1).requireSame();
      }
    }
    if (opset >= 11 && !operator.equals("Hardmax")) {
      new OldNode(opset, node(operator, Protos.integer("axis", -2)))
          .input("x", 2, 3, 4)
          .requireSame();
    }
  }

  @Test
  void softmaxWhoseLaterDimsAreOneStaysOneNode() {
    var old = new OldNode(11, node("Softmax", Protos.integer("axis", 1))).input("x", 2, 5, 1, 1);
    assertThat(old.graph().nodes().stream().map(Node::op))
        .containsExactly(new NormalizationOp.Softmax(1));
    assertThat(old.upgraded()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nearest", "linear"})
  void upsampleIsAsymmetricResize(String mode) throws OrtException {
    var modes = Protos.string("mode", mode);
    new OldNode(8, node("Upsample", modes, Protos.floats("scales", 1, 1, 2, 3.5f)))
        .input("x", 1, 2, 3, 4)
        .requireSame();
    var twoInputs = Protos.node("Upsample", List.of("x", "s"), List.of("y"), modes);
    for (float scale : new float[] {1, 1.3f, 2, 2.7f, 4}) {
      new OldNode(9, twoInputs)
          .input("x", 2, 1, 5, 7)
          .constant("s", Tensor.of(new float[] {1, 1, scale, 1.6f}, 4))
          .requireSame();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nearest", "linear"})
  void resizeOfOpset10IsAsymmetric(String mode) throws OrtException {
    var resize =
        Protos.node("Resize", List.of("x", "s"), List.of("y"), Protos.string("mode", mode));
    for (float scale : new float[] {0.3f, 0.5f, 0.6f, 0.75f, 1, 1.3f, 2, 3}) {
      float other = scale < 1 ? 0.8f : 2.2f;
      new OldNode(10, resize)
          .input("x", 1, 1, 7, 10)
          .constant("s", Tensor.of(new float[] {1, 1, scale, other}, 4))
          .requireSame();
    }
  }

  @Test
  void resizeMayGrowAlongOneAxisAndShrinkAlongAnother() throws OrtException {
    var resize = Protos.node("Resize", List.of("x", "s"), List.of("y"));
    new OldNode(10, resize)
        .input("x", 1, 1, 7, 5)
        .constant("s", Tensor.of(new float[] {1, 1, 0.6f, 2.4f}, 4))
        .requireSame();
  }

  @ParameterizedTest
  @CsvSource({"0.6, 2.4", "2, 3", "0.3, 0.7"})
  void resizeByScalesThatComeWithTheRun(float height, float width) throws OrtException {
    var resize = Protos.node("Resize", List.of("x", "s"), List.of("y"));
    new OldNode(10, resize)
        .input("x", 1, 1, 7, 5)
        .with("s", Tensor.of(new float[] {1, 1, height, width}, 4).dense(), false)
        .requireSame();
  }

  @Test
  void statisticsOfEachElementAreArithmetic() throws OrtException {
    var batch =
        Protos.node(
            "BatchNormalization",
            List.of("x", "scale", "b", "mean", "var"),
            List.of("y"),
            Protos.integer("spatial", 0),
            Protos.real("epsilon", 1e-3f));
    var old =
        new OldNode(7, batch)
            .input("x", 2, 3, 4)
            .input("scale", 3, 4)
            .input("b", 3, 4)
            .input("mean", 3, 4)
            .constant("var", Tensor.full(0.7f, 3, 4));
    old.requireSame();
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 10, 11})
  void dropoutOfOldIsACopyWithAMaskOfOnes(int opset) {
    var both = Protos.node("Dropout", List.of("x"), List.of("y", "mask"));
    var one = new OldNode(opset, node("Dropout", Protos.real("ratio", 0.3f))).input("x", 2, 3);
    assertThat(one.graph().nodes().stream().map(Node::op)).containsExactly(new UnaryOp.Identity());
    if (opset < 10) {
      List<float[]> found = new OldNode(opset, both).input("x", 2, 3).upgraded();
      assertThat(found.get(0)).isEqualTo(OldNode.ascending(2, 3).floats());
      assertThat(found.get(1)).containsOnly(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 10})
  void boundsOfClipAreAttributesWithFiniteDefaults(int opset) throws OrtException {
    for (var attributes :
        List.of(
            new AttributeProto[] {Protos.real("min", -1), Protos.real("max", 1)},
            new AttributeProto[] {Protos.real("max", 0.5f)},
            new AttributeProto[0])) {
      Tensor x = Tensor.of(new float[] {Float.NEGATIVE_INFINITY, -2, 0, 2, 1e38f, 1 / 0f}, 6);
      new OldNode(opset, node("Clip", attributes)).with("x", x.dense(), false).requireSame();
    }
  }

  @Test
  void padsAndTheirValueAreAttributes() throws OrtException {
    for (String mode : List.of("constant", "reflect", "edge")) {
      new OldNode(
              10,
              node(
                  "Pad",
                  Protos.ints("pads", 0, 1, 2, 0),
                  Protos.string("mode", mode),
                  Protos.real("value", 1.5f)))
          .input("x", 3, 4)
          .requireSame();
    }
    new OldNode(2 + 5, node("Pad", Protos.ints("pads", 0, -1, 2, 0)))
        .input("x", 3, 4)
        .requireSame();
  }

  @Test
  void sizesAndAxesAreAttributes() throws OrtException {
    var parts = Protos.node("Split", List.of("x"), List.of("a", "b"), Protos.integer("axis", 1));
    new OldNode(11, parts).input("x", 2, 4).requireSame();
    var sizes =
        Protos.node(
            "Split",
            List.of("x"),
            List.of("a", "b"),
            Protos.integer("axis", 1),
            Protos.ints("split", 1, 3));
    new OldNode(7, sizes).input("x", 2, 4).requireSame();
    new OldNode(
            9,
            node(
                "Slice",
                Protos.ints("starts", -3, 1),
                Protos.ints("ends", 9, -1),
                Protos.ints("axes", 1, 0)))
        .input("x", 3, 4)
        .requireSame();
    for (String operator : List.of("ReduceSum", "ReduceMax", "ReduceLogSumExp", "ReduceL2")) {
      new OldNode(11, node(operator, Protos.ints("axes", 0, 2), Protos.integer("keepdims", 0)))
          .input("x", 2, 3, 4)
          .requireSame();
      new OldNode(7, node(operator)).input("x", 2, 3).requireSame();
    }
  }

  @Test
  void groupsOfOpset18ShareScaleAndBias() {
    var group =
        Protos.node(
            "GroupNormalization",
            List.of("x", "scale", "bias"),
            List.of("y"),
            Protos.integer("num_groups", 2));
    var old =
        new OldNode(18, group)
            .input("x", 1, 4, 2)
            .constant("scale", Tensor.of(new float[] {1, 3}, 2))
            .constant("bias", Tensor.of(new float[] {0, 10}, 2));
    var perChannel =
        new OldNode(21, group)
            .input("x", 1, 4, 2)
            .constant("scale", Tensor.of(new float[] {1, 1, 3, 3}, 4))
            .constant("bias", Tensor.of(new float[] {0, 0, 10, 10}, 4));
    assertThat(old.upgraded().getFirst()).isEqualTo(perChannel.upgraded().getFirst());
  }

  @Test
  void scatterIsScatterElements() throws OrtException {
    var scatter =
        Protos.node("Scatter", List.of("x", "i", "u"), List.of("y"), Protos.integer("axis", 1));
    new OldNode(9, scatter)
        .input("x", 2, 3)
        .constant("i", Tensor.of(new long[] {2, 0}, 2, 1))
        .constant("u", Tensor.of(new float[] {10, 20}, 2, 1))
        .requireSame();
  }

  @Test
  void topKWithItsNumberAsAttribute() {
    var old =
        new OldNode(9, Protos.node("TopK", List.of("x"), List.of("y", "i"), Protos.integer("k", 2)))
            .input("x", 2, 5);
    assertThat(old.graph().nodes()).hasSize(1);
    assertThat(Graphs.named(old.graph().initializers(), "y.k").longs()).containsExactly(2);
  }
}
