package dev.sardonyx.models.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.onnx.Onnx;
import dev.sardonyx.ort.OrtEngine;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.compare.Tolerance;
import dev.sardonyx.runtime.compiler.Compiler;
import dev.sardonyx.runtime.engine.KernelSelection;
import dev.sardonyx.runtime.engine.NativeEngine;
import dev.sardonyx.runtime.engine.NativeEvaluator;
import dev.sardonyx.runtime.inputs.RandomInputs;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.translate.Judging;
import dev.sardonyx.runtime.translate.PassReport;
import dev.sardonyx.runtime.translate.PassValidation;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Translation validation: a model before and after each pass, and after all of them, gives the
 * outputs that it gives as it is written; and ONNX Runtime reads what the compiler makes, and
 * agrees.
 */
class TranslationValidationTest {
  private static final Kernels KERNELS = KernelSelection.fastest().kernels();
  private static final Tolerance NEAR = new Tolerance(2e-5, 2e-4, false);
  private static final Judging NEAR_ALL = new Judging((_, _) -> NEAR, _ -> false);
  private static final long BATCH = 2;
  private static final Map<String, Long> SIZES = Map.of("sequence", 7L, "height", 12L, "width", 9L);

  static Stream<Path> models() throws URISyntaxException, IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : List.of("/exports", "/torch")) {
      var place = Objects.requireNonNull(TranslationValidationTest.class.getResource(folder));
      try (Stream<Path> all = Files.walk(Path.of(place.toURI()))) {
        all.filter(file -> file.toString().endsWith(".onnx")).sorted().forEach(files::add);
      }
    }
    return files.stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyPassAndAllTogetherKeepTheOutputs(Path file) throws IOException {
    Graph graph = Onnx.read(file);
    Map<String, Data> inputs = inputs(graph);
    Compiler standard = Compiler.standard(new NativeEvaluator(KERNELS), true);
    PassReport report = new PassValidation(KERNELS, NEAR_ALL).run(graph, standard, List.of(inputs));
    assertThat(report.findings()).isEmpty();
    assertThat(report.rows()).hasSize(standard.passes().size() + standard.fixedPasses().size() + 1);
    Map<String, Data> expected = run(new NativeEngine(KERNELS, Compiler.none()), graph, inputs);
    requireSame("all", expected, run(new NativeEngine(KERNELS, standard), graph, inputs));
  }

  @ParameterizedTest
  @MethodSource("models")
  void onnxRuntimeRunsWhatTheCompilerMakes(Path file) throws IOException {
    Graph graph = Onnx.read(file);
    Graph compiled = Compiler.standard(new NativeEvaluator(KERNELS), true).compile(graph);
    Map<String, Data> inputs = inputs(graph);
    Map<String, Data> expected = run(new NativeEngine(KERNELS, Compiler.none()), graph, inputs);
    requireSame("compiled", expected, run(new OrtEngine(), compiled, inputs));
  }

  private static Map<String, Data> inputs(Graph graph) {
    String symbols = graph.inputs().toString();
    Map<String, Long> sizes = new LinkedHashMap<>(SIZES);
    sizes.keySet().removeIf(symbol -> !symbols.contains(symbol));
    return RandomInputs.of(graph, 1, sizes, BATCH);
  }

  private static Map<String, Data> run(Engine engine, Graph graph, Map<String, Data> inputs) {
    try (Session session = engine.open(graph, SessionOptions.defaults())) {
      return new LinkedHashMap<>(session.runData(inputs));
    }
  }

  private static void requireSame(String how, Map<String, Data> expected, Map<String, Data> found) {
    assertThat(found.keySet()).as(how).isEqualTo(expected.keySet());
    expected.forEach(
        (name, wanted) -> {
          Data got = Objects.requireNonNull(found.get(name));
          assertThat(Comparison.of(name, got, wanted, _ -> NEAR).difference()).as(how).isEmpty();
        });
  }
}
