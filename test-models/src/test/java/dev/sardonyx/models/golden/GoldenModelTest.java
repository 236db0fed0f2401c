package dev.sardonyx.models.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.Descriptors;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenModelTest {
  static Stream<String> models() {
    return GoldenModels.all().keySet().stream();
  }

  private static NnModule model(String name) {
    return Golden.named(GoldenModels.all(), name).get();
  }

  private static NnModule loaded(String name) {
    NnModule model = model(name);
    assertThat(model.load(golden(name).weights(model)).isComplete()).isTrue();
    return model;
  }

  private static Golden golden(String name) {
    return Golden.of("models/" + name);
  }

  @Test
  void everyFolderHasItsModel() {
    assertThat(GoldenModels.all().keySet()).containsExactlyElementsOf(Golden.names("models"));
  }

  @ParameterizedTest
  @MethodSource("models")
  void describesItselfAsPyTorchPrints(String name) {
    assertThat(model(name).describe() + "\n").isEqualTo(golden(name).text("print.txt"));
  }

  @ParameterizedTest
  @MethodSource("models")
  void namesItsModulesAsPyTorch(String name) {
    List<String> found =
        model(name).namedModules().entrySet().stream()
            .map(entry -> entry.getKey() + "\t" + entry.getValue().structure().typeName())
            .toList();
    assertThat(found).isEqualTo(golden(name).lines("modules.txt"));
  }

  @ParameterizedTest
  @MethodSource("models")
  void keepsStateUnderPyTorchsKeys(String name) {
    NnModule model = model(name);
    var parameters = model.namedParameters().keySet();
    List<String> found =
        model.stateDict().entries().entrySet().stream()
            .map(
                entry ->
                    "%s\t%s\t%s\t%s"
                        .formatted(
                            entry.getKey(),
                            entry.getValue().shape(),
                            entry.getValue().dtype(),
                            parameters.contains(entry.getKey()) ? "param" : "buffer"))
            .toList();
    assertThat(found).isEqualTo(golden(name).lines("keys.txt"));
  }

  @ParameterizedTest
  @MethodSource("models")
  void computesPyTorchsOutputsEagerly(String name) {
    NnModule model = loaded(name);
    for (int number : golden(name).cases()) {
      Tensor x = golden(name).input(number);
      List<Tensor> found =
          Descriptors.find(model).isPresent()
              ? Descriptors.of(model).forward(model, List.of(x))
              : List.of(((UnaryModule) model).forward(x));
      assertOutputs(name, "eager", number, found);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void computesPyTorchsOutputsNatively(String name) {
    assertOnEngine(name, "native");
  }

  @ParameterizedTest
  @MethodSource("models")
  void computesPyTorchsOutputsOnOnnxRuntime(String name) {
    assertOnEngine(name, "ort");
  }

  /** One session, traced with a symbolic batch, for all cases. */
  private static void assertOnEngine(String name, String engine) {
    NnModule model = loaded(name);
    try (Session session =
        Sardonyx.engine(engine).open(graph(name, model), SessionOptions.defaults())) {
      String input = session.graph().inputs().getFirst().name();
      for (int number : golden(name).cases()) {
        var outputs = session.run(Map.of(input, golden(name).input(number)));
        assertOutputs(name, engine, number, List.copyOf(outputs.values()));
      }
    }
  }

  /** Traced for the images that the golden data has, which may be smaller than the declared. */
  private static Graph graph(String name, NnModule model) {
    Tensor x = golden(name).input(1);
    Shape shape = x.shape().with(0, new Dim.Symbol("batch"));
    return Descriptors.find(model).isPresent()
        ? Trace.of(model, List.of(new Value("x", x.type().withShape(shape)))).graph()
        : Trace.of((UnaryModule) model, x.type().withShape(shape)).graph();
  }

  private static void assertOutputs(String name, String on, int number, List<Tensor> found) {
    List<Tensor> expected = golden(name).outputs(number);
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      Golden.assertAgrees(
          name + " case " + number + " output " + i + " " + on, found.get(i), expected.get(i));
    }
  }

  @Test
  void formulaGivesTheBitsThatPyTorchWasGiven() {
    NnModule resnet = model("torchvision_resnet18");
    Map<String, Tensor> entries = GoldenFormula.stateDict(resnet).entries();
    List<String> lines = Golden.of(".").lines("formula.tsv").stream().skip(1).toList();
    int compared = 0;
    for (String line : lines) {
      String[] cells = line.split("\t");
      Tensor tensor = entries.get(cells[0]);
      if (tensor != null && dims(tensor).equals(cells[1])) {
        int bits = Float.floatToRawIntBits(tensor.floats()[Integer.parseInt(cells[3])]);
        assertThat("%08x".formatted(bits)).as(line).isEqualTo(cells[4]);
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(8);
  }

  private static String dims(Tensor tensor) {
    return String.join("x", tensor.shape().dims().stream().map(Dim::toString).toList());
  }
}
