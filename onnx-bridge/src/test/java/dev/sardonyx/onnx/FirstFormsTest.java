package dev.sardonyx.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.Concat;
import dev.sardonyx.api.op.Dropout;
import dev.sardonyx.api.op.NormalizationOp;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.onnx.internal.proto.AttributeProto;
import dev.sardonyx.onnx.internal.proto.NodeProto;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes of opset 1 to 6, which ONNX Runtime no longer reads: the graph is what the page says. */
class FirstFormsTest {

  private static NodeProto node(String operator, AttributeProto... attributes) {
    return Protos.node(operator, List.of("x"), List.of("y"), attributes);
  }

  private static NodeProto binary(String operator, AttributeProto... attributes) {
    return Protos.node(operator, List.of("x", "b"), List.of("y"), attributes);
  }

  private static float[] one(OldNode old) {
    return old.upgraded().getFirst();
  }

  private static float[] floats(String numbers) {
    String[] parts = numbers.split(" ");
    float[] result = new float[parts.length];
    for (int i = 0; i < parts.length; i++) {
      result[i] = Float.parseFloat(parts[i]);
    }
    return result;
  }

  /** Examples of ONNX's page on Add-6 in small. */
  @ParameterizedTest
  @CsvSource({
    "1, 2, 10 20 30, '10 10 20 20 30 30 10 10 20 20 30 30', 3",
    "0, 1, 10 20, '10 10 10 10 10 10 20 20 20 20 20 20', 2",
    "2, 1, 10 20, '10 20 10 20 10 20 10 20 10 20 10 20', 2",
  })
  void theSecondInputStartsAtAnAxisOfTheFirst(int axis, int unused, String b, String y, long size) {
    var add = binary("Add", Protos.integer("broadcast", 1), Protos.integer("axis", axis));
    var old =
        new OldNode(6, add)
            .with("x", Tensor.zeros(2, 3, 2).dense(), false)
            .constant("b", Tensor.of(floats(b), size));
    assertThat(one(old)).isEqualTo(floats(y));
  }

  @Test
  void withoutAnAxisSuffixesMatch() {
    var pow = binary("Pow", Protos.integer("broadcast", 1));
    var old =
        new OldNode(6, pow)
            .with("x", Tensor.full(2f, 2, 2).dense(), false)
            .constant("b", Tensor.of(new float[] {1, 3}, 2));
    assertThat(one(old)).containsExactly(2, 8, 2, 8);
  }

  @Test
  void anAxisOutsideTheFirstInputIsNotGuessed() {
    var add = binary("Add", Protos.integer("broadcast", 1), Protos.integer("axis", 2));
    var old = new OldNode(6, add).input("x", 2, 3).constant("b", OldNode.ascending(3));
    assertThat(old.graph().nodes().getFirst().op()).isInstanceOf(Opaque.class);
  }

  @Test
  void slopesOfPReluLieAlongTheChannels() {
    var old =
        new OldNode(6, binary("PRelu"))
            .with("x", Tensor.full(-1f, 1, 2, 2).dense(), false)
            .constant("b", Tensor.of(new float[] {3, 5}, 2));
    assertThat(one(old)).containsExactly(-3, -3, -5, -5);
  }

  @Test
  void hintsOnMemoryAreNoAttributes() {
    var relu = node("Relu", Protos.ints("consumed_inputs", 0));
    var graph = new OldNode(1, relu).input("x", 2).graph();
    assertThat(graph.nodes().stream().map(Node::op)).containsExactly(new UnaryOp.Relu());
  }

  @Test
  void defaultsAreThoseOfTheirTime() {
    var selu = new OldNode(1, node("Selu")).input("x", 2).graph();
    assertThat(selu.nodes().getFirst().op()).isEqualTo(new ActivationOp.Selu(1.6732f, 1.0507f));
    var concat = new OldNode(3, binary("Concat")).input("x", 2, 2).input("b", 2, 1).graph();
    assertThat(concat.nodes().getFirst().op()).isEqualTo(new Concat(1));
    var clip = new OldNode(1, node("Clip", Protos.real("min", 0))).input("x", 2).graph();
    assertThat(clip.nodes().getFirst().inputs()).hasSize(2); // no max
  }

  @Test
  void typesToCastToAreNames() {
    var cast = node("Cast", Protos.string("to", "DOUBLE"));
    var graph = new OldNode(1, cast).input("x", 2).graph();
    assertThat(graph.outputs().getFirst().tensorType().dtype()).isEqualTo(DType.FLOAT64);
    var unknown = new OldNode(5, node("Cast", Protos.string("to", "REAL"))).input("x", 2);
    assertThat(unknown.graph().nodes().getFirst().op()).isInstanceOf(Opaque.class);
  }

  @Test
  void shapesPadsAndSizesAreAttributes() {
    var reshape = new OldNode(1, node("Reshape", Protos.ints("shape", 3, -1))).input("x", 2, 3);
    assertThat(reshape.graph().outputs().getFirst().tensorType().shape().sizes())
        .containsExactly(3, 2);
    var pad = new OldNode(1, node("Pad", Protos.ints("paddings", 1, 0), Protos.real("value", 7)));
    assertThat(one(pad.with("x", Tensor.of(new float[] {1, 2}, 2).dense(), false)))
        .containsExactly(7, 1, 2);
    var split =
        Protos.node("Split", List.of("x", "s"), List.of("a", "b"), Protos.integer("axis", 0));
    var parts =
        new OldNode(1, split)
            .with("x", Tensor.of(new float[] {1, 2, 3}, 3).dense(), false)
            .constant("s", Tensor.of(new float[] {1, 2}, 2));
    assertThat(parts.upgraded().get(1)).containsExactly(2, 3);
  }

  @Test
  void tilesOfOpset1LieAlongOneAxis() {
    var tile = Protos.node("Tile", List.of("x", "tiles", "axis"), List.of("y"));
    var old =
        new OldNode(1, tile)
            .with("x", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2).dense(), false)
            .constant("tiles", Tensor.scalar(2f))
            .constant("axis", Tensor.scalar(1f));
    assertThat(one(old)).containsExactly(1, 2, 1, 2, 3, 4, 3, 4);
  }

  @Test
  void upsampleOfOpset1HasTwoScales() {
    var up = node("Upsample", Protos.real("height_scale", 1), Protos.real("width_scale", 2));
    var old =
        new OldNode(1, up).with("x", Tensor.of(new float[] {1, 2}, 1, 1, 1, 2).dense(), false);
    assertThat(one(old)).containsExactly(1, 1, 2, 2);
  }

  @Test
  void whatTrainsStillTrains() {
    DenseTensor ones = Tensor.ones(3).dense();
    var batch =
        Protos.node(
            "BatchNormalization",
            List.of("x", "s", "s", "s", "s"),
            List.of("y"),
            Protos.integer("is_test", 0));
    var old = new OldNode(6, batch).input("x", 2, 3).with("s", ones, true);
    assertThat(old.graph().nodes().getFirst().op())
        .isEqualTo(new NormalizationOp.BatchNormalization(1e-5f, 0.9f, true));
    var dropout = new OldNode(6, node("Dropout", Protos.integer("is_test", 0)));
    Graph graph = dropout.input("x", 2, 3).graph();
    assertThat(graph.nodes().getFirst().op()).isEqualTo(new Dropout(Optional.empty()));
    assertThat(graph.initializers().values())
        .anySatisfy(ratio -> assertThat(ratio.doubleAt(0)).isEqualTo(0.5));
  }
}
