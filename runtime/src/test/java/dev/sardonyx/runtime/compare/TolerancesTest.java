package dev.sardonyx.runtime.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.engine.Graphs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of tolerances, and of whom. */
class TolerancesTest {
  private static final String ALL =
      """
      {"default": {"rtol": 1e-2},
       "outputs": {"tanh_1": {"atol": 0.5, "l2": 0.25}},
       "nodes": {"exp_1": {"rtol": 0.125}, "neg_1": {"atol": 1}},
       "operators": {"Exp": {"rtol": 3, "atol": 4}}}
      """;

  @TempDir Path folder;

  private final Graph graph = graph();

  private static Graph graph() {
    var net = new Graphs();
    Value exp = net.add(new UnaryOp.Exp(), net.input("x", "3"));
    Value again = net.add(new UnaryOp.Exp(), net.add(new UnaryOp.Neg(), exp));
    return net.outputs(net.add(new UnaryOp.Tanh(), again), net.add(new UnaryOp.Abs(), again));
  }

  private Tolerances read(String json) {
    try {
      return ToleranceFile.read(Files.writeString(folder.resolve("t.json"), json));
    } catch (IOException error) {
      throw new IllegalStateException(error);
    }
  }

  private Node node(String name) {
    return graph.nodes().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void whatIsSaidOfANodeGoesBeforeItsOperatorAndThatBeforeEverything() {
    Tolerances all = read(ALL);
    all.requireIn(graph);
    Tolerance first = all.forNode(node("exp_1"), DType.FLOAT32);
    assertThat(first.relative()).isEqualTo(0.125);
    assertThat(first.absolute()).isEqualTo(4);
    Tolerance second = all.forNode(node("exp_2"), DType.FLOAT32);
    assertThat(second.relative()).isEqualTo(3);
    Tolerance tanh = all.forNode(node("tanh_1"), DType.FLOAT32);
    assertThat(tanh.relative()).isEqualTo(1e-2);
    assertThat(tanh.absolute()).isEqualTo(2e-5);
  }

  @Test
  void anOutputHasItsOwn() {
    Tolerances all = read(ALL);
    Tolerance named = all.forOutput("tanh_1", DType.FLOAT32, 3);
    assertThat(named.absolute()).isEqualTo(0.5);
    assertThat(named.relative()).isEqualTo(1e-2);
    assertThat(named.norm()).isEqualTo(0.25);
    assertThat(all.forOutput("abs_1", DType.FLOAT32, 3).absolute()).isEqualTo(2e-4);
    assertThat(all.forValue(node("exp_1"), "exp_1", DType.FLOAT32, 1).relative()).isEqualTo(0.125);
  }

  @Test
  void theNormWidensWithTheElementsUnlessItIsGiven() {
    assertThat(read(ALL).forOutput("abs_1", DType.FLOAT32, 3).norm()).isEqualTo(1e-2 + 2e-4);
    Tolerances strict = read("{\"default\": {\"rtol\": 0, \"atol\": 0, \"l2\": 0}}");
    assertThat(strict.forOutput("abs_1", DType.FLOAT32, 3))
        .isEqualTo(new Tolerance(0, 0, true, 0, 0));
    Tolerances elements = read("{\"default\": {\"rtol\": 0, \"atol\": 0}}");
    assertThat(elements.forOutput("abs_1", DType.FLOAT32, 100).norm())
        .isEqualTo(Tolerance.ofModel(DType.FLOAT32, 100).norm());
  }

  @Test
  void wholeNumbersStayExactAndSoDoesWhatRoundsNothingUnlessItIsNamed() {
    Tolerances all = read(ALL);
    assertThat(all.forOutput("tanh_1", DType.INT64, 1)).isEqualTo(Tolerance.EXACT);
    assertThat(all.forNode(node("exp_1"), DType.INT64)).isEqualTo(Tolerance.EXACT);
    assertThat(all.forNode(node("abs_1"), DType.FLOAT32)).isEqualTo(Tolerance.EXACT);
    assertThat(all.forNode(node("neg_1"), DType.FLOAT32).absolute()).isEqualTo(1);
  }

  @Test
  void namesThatTheGraphDoesNotHaveAreErrorsThatNameTheNearest() {
    assertThatThrownBy(() -> read("{\"outputs\": {\"tanh1\": {}}}").requireIn(graph))
        .hasMessageContainingAll("output 'tanh1'", "did you mean tanh_1?");
    assertThatThrownBy(() -> read("{\"nodes\": {\"exp_3\": {}}}").requireIn(graph))
        .hasMessageContainingAll("node 'exp_3'", "exp_1 or exp_2");
    assertThatThrownBy(() -> read("{\"operators\": {\"Tan\": {}}}").requireIn(graph))
        .hasMessageContainingAll("operator 'Tan'", "did you mean Tanh");
  }

  @Test
  void aFileThatSaysAnythingElseIsRefusedWithItsNameAndTheReason() {
    assertThatThrownBy(() -> read("{\"output\": {}}"))
        .hasMessageContainingAll("t.json", "has 'output'", "did you mean outputs?");
    assertThatThrownBy(() -> read("{\"nodes\": {\"a\": {\"rtoll\": 1}}}"))
        .hasMessageContainingAll("nodes.a", "did you mean rtol or atol?");
    assertThatThrownBy(() -> read("{\"default\": {\"rtol\": -1}}"))
        .hasMessageContainingAll("default: rtol must be a number of 0 or more, found -1");
    assertThatThrownBy(() -> read("{\"default\": {\"l2\": 1e999}}"))
        .hasMessageContaining("l2 must be a number of 0 or more");
    assertThatThrownBy(() -> read("{\"default\": {\"rtol\": \"1\"}}"))
        .hasMessageContaining("rtol must be a number, such as 1e-3");
    assertThatThrownBy(() -> read("[]")).hasMessageContaining("the file must be a JSON object");
    assertThatThrownBy(() -> read(" ".repeat((1 << 20) + 1) + "{}"))
        .hasMessageContaining("no more than 1048576 bytes");
    assertThatThrownBy(() -> ToleranceFile.read(folder.resolve("none.json")))
        .hasMessageContaining("none.json");
  }
}
