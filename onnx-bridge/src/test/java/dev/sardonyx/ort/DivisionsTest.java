package dev.sardonyx.ort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBody;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.ControlOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.onnx.Graphs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * ONNX Runtime 1.29 ends the process at the least integer over -1; the guard does not let it. All
 * that would happen happens in a JVM of its own, whose {@code main} is here.
 */
class DivisionsTest {
  @TempDir Path folder;

  private static final Op DIV = new BinaryOp.Div();
  private static final Op MOD = new BinaryOp.Mod(false);

  /** Runs all divisions that a bare ONNX Runtime does not survive, and says what came of each. */
  public static void main(String[] arguments) {
    for (DType dtype : List.of(DType.INT32, DType.INT64)) {
      for (Op op : List.of(DIV, MOD)) {
        try {
          System.out.println(List.of(op.name(), dtype, run(op, dtype, least(dtype), -1)));
        } catch (SardonyxException error) {
          System.out.println(error.getMessage());
        }
      }
    }
    System.out.println("alive");
  }

  @Test
  void theLeastIntegerOverMinusOneIsRefusedByNameAndEndsNoProcess() throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:-CreateCoredumpOnCrash"));
    command.add("-XX:ErrorFile=" + folder.resolve("crash.log"));
    command.addAll(List.of("-cp", classPath, DivisionsTest.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("alive");
    assertThat(output.lines().filter(line -> line.contains("ONNX Runtime ends the process")))
        .hasSize(4)
        .anySatisfy(line -> assertThat(line).contains("Div", "div_1"))
        .anySatisfy(line -> assertThat(line).contains("Mod", "mod_1"));
  }

  private static long least(DType dtype) {
    return dtype == DType.INT32 ? Integer.MIN_VALUE : Long.MIN_VALUE;
  }

  private static List<Long> run(Op op, DType dtype, long dividend, long divisor) {
    TensorType type = TensorType.of(dtype, "n");
    Graph graph = Graphs.oneNode(op, type, type);
    Map<String, Tensor> inputs =
        Map.of(
            "in0", Tensor.of(new long[] {7, dividend, -7}, 3).dense().convert(dtype),
            "in1", Tensor.of(new long[] {2, divisor, -1}, 3).dense().convert(dtype));
    try (Session session = new OrtEngine().open(graph, SessionOptions.defaults())) {
      Tensor result = session.run(inputs).values().iterator().next().dense().convert(DType.INT64);
      return Arrays.stream(result.longs()).boxed().toList();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"INT32", "INT64"})
  void otherQuotientsByMinusOneAreWhatTheyAre(DType dtype) {
    assertThat(run(DIV, dtype, 9, -1)).containsExactly(3L, -9L, 7L);
    assertThat(run(DIV, dtype, least(dtype), 1)).containsExactly(3L, least(dtype), 7L);
    assertThat(run(DIV, dtype, least(dtype) + 1, -1)).containsExactly(3L, -least(dtype) - 1, 7L);
    assertThat(run(MOD, dtype, 9, -1)).containsExactly(1L, 0L, 0L);
  }

  @Test
  void aConstantThatIsSafeIsLeftAsItIs() {
    TensorType type = TensorType.of(DType.INT64, "n");
    Graph safe = Graphs.oneNode(DIV, type, Graphs.longs(2));
    assertThat(Divisions.of(safe).graph()).isSameAs(safe);
    Graph open = Graphs.oneNode(DIV, type, Graphs.longs(2, -1));
    assertThat(Divisions.of(open).traps()).hasSize(1);
    assertThatThrownBy(() -> runOn(open, Tensor.of(new long[] {1, Long.MIN_VALUE}, 2)))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("div_1");
  }

  @Test
  void withinTheGraphOfANodeTheQuotientWrapsAround() {
    TensorType type = TensorType.of(DType.INT64, "n");
    Graph inner = Graphs.oneNode(DIV, type, type);
    var body = new GraphBody(inner, 2);
    var builder = new GraphBuilder("outer");
    Value x = builder.input("in0", type);
    Value y = builder.input("in1", type);
    Value always = builder.constant(Tensor.of(new boolean[] {true}).dense());
    Op branch = new ControlOp.If(body, body);
    Graph graph =
        builder.build(
            builder.add(branch, List.of(always, x, y), Origin.unknown()).outputs(), Map.of());
    Map<String, Tensor> inputs =
        Map.of(
            "in0", Tensor.of(new long[] {Long.MIN_VALUE, 8}, 2),
            "in1", Tensor.of(new long[] {-1, -1}, 2));
    try (Session session = new OrtEngine().open(graph, SessionOptions.defaults())) {
      assertThat(session.run(inputs).values().iterator().next().longs())
          .containsExactly(Long.MIN_VALUE, -8);
    }
  }

  private static void runOn(Graph graph, Tensor input) {
    try (Session session = new OrtEngine().open(graph, SessionOptions.defaults())) {
      session.run(input);
    }
  }
}
