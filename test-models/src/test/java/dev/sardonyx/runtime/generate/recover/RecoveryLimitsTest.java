package dev.sardonyx.runtime.generate.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Det;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.generate.model.Field;
import dev.sardonyx.runtime.generate.model.GeneratedClass;
import dev.sardonyx.runtime.generate.model.GeneratedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is not as PyTorch writes it is refused in words, or written in the order that it needs. */
class RecoveryLimitsTest {
  private static final TensorType TYPE = new TensorType(DType.FLOAT32, Shape.of(2, 3, 3));

  @Test
  void graphsBeyondTheLimitAreRefusedAtOnce() {
    assertThatThrownBy(() -> Recovery.of(chain(200_000), "Net"))
        .isInstanceOfSatisfying(
            SardonyxException.class,
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.LIMIT);
              assertThat(error).hasMessageContaining("up to 20,000 nodes, this one has 200,000");
            });
  }

  @Test
  void graphsWithoutStructureTakeSecondsUpToTheLimit() {
    GeneratedModel model =
        assertTimeoutPreemptively(
            Duration.ofSeconds(30), () -> Recovery.of(chain(Recovery.MOST_NODES), "Net"));
    assertThat(model.classes()).hasSize(1);
  }

  /** Each layer a copy of the one before: no number of fields or modules may cost its square. */
  @Test
  void asManyScopesAsNodesTakeSeconds() {
    GeneratedModel model =
        assertTimeoutPreemptively(
            Duration.ofSeconds(30), () -> Recovery.of(scoped(Recovery.MOST_NODES), "Net"));
    assertThat(model.root().fields()).hasSize(Recovery.MOST_NODES);
  }

  @Test
  void allNodesWithoutMethodAreNamedInOneMessage() {
    var graph =
        graph(
            List.of(
                node("/first/Det", new Det(), "x", "a"),
                node("/second/Det", new Det(), "x", "b"),
                node("/Add", new BinaryOp.Add(), List.of("a", "b"), "y")),
            "y");
    assertThatThrownBy(() -> Recovery.of(graph, "Net"))
        .isInstanceOfSatisfying(
            SardonyxException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.UNSUPPORTED))
        .hasMessageContainingAll("Det (/first/Det)", "Det (/second/Det)", "sardonyx run");
  }

  /** A module that waits for what its caller does with its first result is no method. */
  @Test
  void aCallThatStopsHalfwayIsWrittenWhereItIsCalled() {
    var graph =
        graph(
            List.of(
                node("/block/Relu", new UnaryOp.Relu(), "x", "a"),
                node("/Exp", new UnaryOp.Exp(), "a", "b"),
                node("/block/Add", new BinaryOp.Add(), List.of("a", "b"), "y")),
            "y");
    GeneratedModel model = Recovery.of(graph, "Net");
    assertThat(model.classes()).extracting(GeneratedClass::name).containsExactly("Net");
    assertThat(model.root().fields()).isEmpty();
  }

  @Test
  void aLayerThatIsCalledTwiceIsOneField() {
    var graph =
        graph(
            List.of(
                node("/relu/Relu", new UnaryOp.Relu(), "x", "a"),
                node("/Exp", new UnaryOp.Exp(), "a", "b"),
                node("/relu_1/Relu", new UnaryOp.Relu(), "b", "y")),
            "y");
    assertThat(Recovery.of(graph, "Net").root().fields())
        .extracting(Field::name)
        .containsExactly("relu");
  }

  @Test
  void aSecondCallThatDoesSomethingElseIsAModuleOfItsOwn() {
    var graph =
        graph(
            List.of(
                node("/block/Exp", new UnaryOp.Exp(), "x", "a"),
                node("/block/Neg", new UnaryOp.Neg(), "a", "b"),
                node("/block_1/Exp", new UnaryOp.Exp(), "b", "c"),
                node("/block_1/Abs", new UnaryOp.Abs(), "c", "y")),
            "y");
    GeneratedModel model = Recovery.of(graph, "Net");
    assertThat(model.root().fields())
        .extracting(Field::torchName)
        .containsExactly("block", "block_1");
    assertThat(model.classes()).hasSize(3);
  }

  private static Graph chain(int count) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nodes.add(node("Exp_" + i, new UnaryOp.Exp(), i == 0 ? "x" : "v" + i, "v" + (i + 1)));
    }
    return graph(nodes, "v" + count);
  }

  private static Graph scoped(int count) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nodes.add(
          node("/act" + i + "/Relu", new UnaryOp.Relu(), i == 0 ? "x" : "v" + i, "v" + (i + 1)));
    }
    return graph(nodes, "v" + count);
  }

  private static Node node(String name, Op op, String input, String output) {
    return node(name, op, List.of(input), output);
  }

  private static Node node(String name, Op op, List<String> inputs, String output) {
    List<Value> values = inputs.stream().map(input -> new Value(input, TYPE)).toList();
    return new Node(name, op, values, List.of(new Value(output, TYPE)), Origin.unknown());
  }

  private static Graph graph(List<Node> nodes, String output) {
    return new Graph(
        "made",
        List.of(new Value("x", TYPE)),
        List.of(new Value(output, TYPE)),
        nodes,
        Map.of(),
        Map.of());
  }
}
