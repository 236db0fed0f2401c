package dev.sardonyx.apitest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SourceLocation;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.GraphChecker;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GraphTest {
  private static final TensorType TYPE = TensorType.of(DType.FLOAT32, "n", "4");
  private static final Value X = new Value("x", TYPE);
  private static final Value Y = new Value("y", TYPE);
  private static final Value Z = new Value("z", TYPE);

  private static Node relu(String name, Value from, Value to) {
    return new Node(name, new UnaryOp.Relu(), List.of(from), List.of(to), Origin.unknown());
  }

  private static Graph graph(List<Value> outputs, Node... nodes) {
    return new Graph("g", List.of(X), outputs, List.of(nodes), Map.of(), Map.of());
  }

  private static void refused(Graph graph, String... texts) {
    Errors.expect(ErrorCode.GRAPH, () -> GraphChecker.check(graph), texts);
  }

  @Test
  void aGraphInOrderIsFine() {
    Graph graph = graph(List.of(Z), relu("a", X, Y), relu("b", Y, Z));
    assertThat(GraphChecker.check(graph)).isSameAs(graph);
  }

  @Test
  void valuesAreDefinedBeforeTheirUse() {
    refused(graph(List.of(Z), relu("b", Y, Z), relu("a", X, Y)), "value 'y' is used", "at b");
    refused(graph(List.of(Z), relu("a", Z, Z)), "value 'z' is used");
    refused(graph(List.of(Z), relu("a", X, Y)), "output 'z' is not defined");
  }

  @Test
  void valuesAndNodesHaveOneDefinition() {
    refused(
        graph(List.of(Y), relu("a", X, Y), relu("b", X, Y)),
        "value 'y' is defined twice: by node a and by node b");
    refused(graph(List.of(Y), relu("a", X, Y), relu("a", Y, Z)), "two nodes have the name 'a'");
    refused(graph(List.of(X), relu("a", X, X)), "'x' is defined twice: by an input and by node a");
  }

  @Test
  void everyNodeHasAnOutput() {
    for (List<Value> outputs : List.of(List.<Value>of(), List.of(Value.absent()))) {
      var node = new Node("a", new UnaryOp.Relu(), List.of(X), outputs, Origin.unknown());
      refused(graph(List.of(X), node), "Relu has at least one output, found none", "at a");
    }
  }

  @Test
  void outputsAreWhatTheyAreDeclaredToBe() {
    Value wrong = new Value("y", TensorType.of(DType.INT64, "n", "4"));
    refused(
        graph(List.of(wrong), relu("a", X, Y)),
        "output 'y' is declared int64[n, 4] but is float32[n, 4]");
  }

  @Test
  void operatorsCheckTheirInputsAtTheirNode() {
    Value narrow = new Value("w", TensorType.of(DType.FLOAT32, 3, 5));
    var gemm =
        new Node(
            "gemm_2",
            new Gemm(1, 1, false, true),
            List.of(X, narrow),
            List.of(Y),
            new Origin("fc", Optional.of(new SourceLocation("Net.java", 17))));
    var graph = new Graph("g", List.of(X, narrow), List.of(Y), List.of(gemm), Map.of(), Map.of());
    Errors.expect(
        ErrorCode.SHAPE,
        () -> GraphChecker.check(graph),
        "Gemm: columns of A' must equal rows of B' (4 vs 5), at gemm_2, Net.java:17");
  }

  @Test
  void printsAsAProgramWithItsOrigins() {
    var builder = new GraphBuilder("Net");
    Value x = builder.input("x", TYPE);
    Value w = builder.initializer("fc.weight", Tensor.ones(3, 4).dense());
    var line = Optional.of(new SourceLocation("Net.java", 17));
    Value y =
        builder.add(new Gemm(1, 1, false, true), List.of(x, w), new Origin("fc", line)).output();
    Value z = builder.add(new BinaryOp.Add(), List.of(y, y), new Origin("", line)).output();
    Value out = builder.add(new UnaryOp.Relu(), List.of(z), Origin.unknown()).output();
    assertThat(builder.build(List.of(out), Map.of()).toString())
        .isEqualTo(
            """
            Net(x: float32[n, 4]) {
              gemm_1: float32[n, 3] = Gemm[transB=1](x, fc.weight)  # Net.java:17  fc
              add_1: float32[n, 3] = Add(gemm_1, gemm_1)            # Net.java:17
              relu_1: float32[n, 3] = Relu(add_1)
              return relu_1
            }
            """);
  }
}
