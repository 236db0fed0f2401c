package dev.sardonyx.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.onnx.Onnx;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.compare.Tolerance;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The definitions that vote give the numbers of ONNX's suite, and in float64 those of torch. */
class DefinitionsTest {
  private static final Path INSTALLED = Path.of("/usr/share/libonnx-testdata/data");

  private static final Tolerance OF_TORCH = new Tolerance(1e-14, 1e-12, true);

  /** How many of the installed cases are made of operators that are defined. */
  private static final int DEFINED = 900;

  /** Its data come from float32 and float64 computations alike. */
  private static final Tolerance OF_SUITE = new Tolerance(1e-6, 2e-5, false);

  /** Its tapers are computed with 3.1415 for pi. */
  private static final Tolerance OF_TAPERS = new Tolerance(1e-6, 1e-3, false);

  private static List<SuiteCase> suite() throws URISyntaxException {
    return Stream.of(
            OldFilesTest.resource("/suite"),
            INSTALLED.resolve("node"),
            INSTALLED.resolve("pytorch-operator"),
            INSTALLED.resolve("pytorch-converted"))
        .flatMap(folder -> OldFilesTest.folders(folder).stream())
        .filter(folder -> !folder.toString().contains("BFLOAT16")) // kept as uint16: bad data
        .map(SuiteCase::new)
        .toList();
  }

  @Test
  void giveWhatOnnxSuiteExpects() throws IOException, URISyntaxException {
    List<String> wrong = new ArrayList<>();
    int defined = 0;
    for (SuiteCase each : suite()) {
      boolean tapers = each.folder().toString().contains("window");
      Optional<String> difference = difference(each, tapers ? OF_TAPERS : OF_SUITE);
      defined += difference.isPresent() ? 1 : 0;
      difference
          .filter(text -> !text.isEmpty())
          .map(text -> each + ": " + text)
          .ifPresent(wrong::add);
    }
    assertThat(wrong).isEmpty();
    assertThat(defined).isGreaterThan(Files.exists(INSTALLED) ? DEFINED : 15);
  }

  static List<SuiteCase> ofTorch() throws URISyntaxException {
    return OldFilesTest.folders(OldFilesTest.resource("/definitions")).stream()
        .map(SuiteCase::new)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("ofTorch")
  void giveInFloat64WhatTorchAndNumPyGive(SuiteCase each) throws IOException {
    assertThat(difference(each, OF_TORCH)).hasValue("");
  }

  /** What differs, or an empty text; empty where a node is not defined. */
  private static Optional<String> difference(SuiteCase each, Tolerance tolerance)
      throws IOException {
    Graph graph = Onnx.read(each.model());
    boolean tensors =
        Stream.concat(graph.inputs().stream(), graph.outputs().stream())
            .allMatch(value -> value.type() instanceof TensorType);
    if (!tensors) {
      return Optional.empty();
    }
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (int i = 0; i < graph.inputs().size(); i++) {
      inputs.put(graph.inputs().get(i).name(), each.tensor("input_" + i));
    }
    Optional<Map<String, Data>> values = DefinedGraph.run(graph, inputs);
    if (values.isEmpty()) {
      return Optional.empty();
    }
    for (int i = 0; i < graph.outputs().size(); i++) {
      Value output = graph.outputs().get(i);
      Data found = Objects.requireNonNull(values.get().get(output.name()));
      DenseTensor expected = each.tensor("output_" + i);
      var comparison = Comparison.of(output.name(), found, expected, _ -> tolerance);
      if (!comparison.passes()) {
        return comparison.difference();
      }
    }
    return Optional.of("");
  }
}
