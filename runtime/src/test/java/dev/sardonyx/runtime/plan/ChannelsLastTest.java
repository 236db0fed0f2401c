package dev.sardonyx.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphInference;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Concat;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.Flatten;
import dev.sardonyx.api.op.PoolOp;
import dev.sardonyx.api.op.RandomOp;
import dev.sardonyx.api.op.Transpose;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.runtime.engine.Graphs;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChannelsLastTest {
  private static final Window THREE =
      Window.of(List.of(3, 3), List.of(1, 1), List.of(1, 1), List.of(1, 1));

  private final Graphs net = new Graphs();

  private static List<Stage> stages(Graph graph) {
    Graph typed = GraphInference.infer(graph);
    return ChannelsLast.rewrite(Fusion.stages(typed), typed.outputs());
  }

  private static List<String> operators(List<Stage> stages) {
    return stages.stream().map(stage -> stage.op().name()).toList();
  }

  private Value conv(Value x, int from, int to) {
    return net.add(
        new Conv(THREE, 1), x, net.constant("w" + x.name(), Tensor.ones(to, from, 3, 3)));
  }

  @Test
  void conversionsStandOnlyAtTheEdges() {
    var x = net.input("x", "2", "7", "8", "6");
    var a = conv(x, 7, 4);
    var sum = net.add(new BinaryOp.Add(), net.add(new UnaryOp.Tanh(), a), a);
    var pooled = net.add(new PoolOp.AveragePool(THREE, false), sum);
    List<Stage> stages = stages(net.outputs(conv(pooled, 4, 5)));
    assertThat(operators(stages))
        .containsExactly("Transpose", "Conv", "Tanh", "Add", "AveragePool", "Conv", "Transpose");
    assertThat(stages.get(3).outputs().getFirst().tensorType().shape().sizes())
        .containsExactly(2, 8, 6, 4);
  }

  @Test
  void whatTakesNothingStaysAsItIs() {
    var noise =
        net.add(
            new RandomOp.Fill(
                RandomOp.Distribution.NORMAL,
                0,
                1,
                DType.FLOAT32,
                Shape.of(2, 7, 8, 6),
                Optional.empty()));
    assertThat(operators(stages(net.outputs(conv(noise, 7, 4)))))
        .containsExactly("RandomNormal", "Transpose", "Conv", "Transpose");
  }

  @Test
  void whatHasOneChannelOrOnePixelIsViewedAndNotMoved() {
    var x = net.input("x", "2", "1", "8", "8");
    var pooled =
        net.add(new PoolOp.GlobalAveragePool(), net.add(new PoolOp.AveragePool(THREE, false), x));
    List<Stage> stages = stages(net.outputs(net.add(new Flatten(1), pooled)));
    assertThat(operators(stages))
        .containsExactly("Reshape", "AveragePool", "GlobalAveragePool", "Reshape", "Flatten");
  }

  @Test
  void aPictureOfFewChannelsIsReadAsItIs() {
    var x = net.input("x", "2", "3", "8", "6");
    List<Stage> stages = stages(net.outputs(conv(conv(x, 3, 4), 4, 5)));
    assertThat(operators(stages)).containsExactly("Conv", "Conv", "Transpose");
    assertThat(stages.stream().map(Stage::order))
        .containsExactly(Order.TO_LAST, Order.LAST, Order.FIRST);
  }

  @Test
  void whatMovesItsChannelsLastIsAView() {
    var x = net.input("x", "2", "7", "8", "6");
    var moved = net.add(new Transpose(List.of(0, 2, 3, 1)), conv(x, 7, 4));
    List<Stage> stages = stages(net.outputs(net.add(new Flatten(1), moved)));
    assertThat(operators(stages)).containsExactly("Transpose", "Conv", "Reshape", "Flatten");
    assertThat(stages.get(2).outputs()).containsExactly(moved);
  }

  @Test
  void anotherOrderIsMovedFromOnnxs() {
    var x = net.input("x", "2", "7", "8", "6");
    var moved = net.add(new Transpose(List.of(0, 3, 2, 1)), conv(x, 7, 4));
    assertThat(operators(stages(net.outputs(moved))))
        .containsExactly("Transpose", "Conv", "Transpose", "Transpose");
  }

  @Test
  void aFactorPerChannelFollowsAsAView() {
    var x = net.input("x", "1", "7", "8", "8");
    var factors = net.constant("factors", Tensor.ones(4, 1, 1));
    var scaled = net.add(new BinaryOp.Mul(), conv(x, 7, 4), factors);
    List<Stage> stages = stages(net.outputs(conv(scaled, 4, 4)));
    assertThat(operators(stages))
        .containsExactly("Transpose", "Conv", "Reshape", "Reshape", "Mul", "Conv", "Transpose");
  }

  @Test
  void channelsAreJoinedAlongTheLastAxis() {
    var x = net.input("x", "1", "7", "8", "8");
    var a = conv(x, 7, 4);
    var b = net.add(new UnaryOp.Relu(), a);
    List<Stage> stages = stages(net.outputs(conv(net.add(new Concat(1), a, b), 8, 2)));
    assertThat(operators(stages))
        .containsExactly("Transpose", "Conv", "Relu", "Concat", "Conv", "Transpose");
    assertThat(stages.get(3).op()).isEqualTo(new Concat(3));
  }

  @Test
  void aGraphWithoutConvolutionsStaysAsItIs() {
    var x = net.input("x", "1", "7", "8", "8");
    Graph graph = GraphInference.infer(net.outputs(net.add(new UnaryOp.Tanh(), x)));
    List<Stage> stages = Fusion.stages(graph);
    assertThat(ChannelsLast.rewrite(stages, graph.outputs())).isSameAs(stages);
  }

  @Test
  void aValueThatIsReadInBothOrdersIsConvertedOnce() {
    var x = net.input("x", "1", "7", "8", "8");
    var a = conv(x, 7, 4);
    var flat = net.add(new Flatten(1), a);
    List<Stage> stages = stages(net.outputs(a, flat, conv(a, 4, 4)));
    assertThat(operators(stages).stream().filter("Transpose"::equals)).hasSize(3);
    assertThat(stages.stream().flatMap(stage -> stage.outputs().stream()).map(Value::name))
        .contains(a.name(), flat.name());
  }
}
