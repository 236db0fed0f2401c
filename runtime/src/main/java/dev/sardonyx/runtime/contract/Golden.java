package dev.sardonyx.runtime.contract;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.compare.Tolerance;
import dev.sardonyx.runtime.diagnose.RandomValues;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.AssertionFailedError;

/** A model against its golden file: what changed since it was written, and how to accept it. */
final class Golden {
  static final String PROPERTY = "sardonyx.golden";
  static final String UPDATE = "update";

  private static final String RANDOM = "random";

  /** Comments of printed graphs, which are last in a line: where a node stands in the source. */
  private static final String COMMENT = "\\s+# [^()\"]*$";

  private final Subject subject;
  private final Path file;
  private final Function<Graph, Map<String, Tensor>> inputs;

  Golden(Subject subject, Path file, Function<Graph, Map<String, Tensor>> inputs) {
    this.subject = subject;
    this.file = file;
    this.inputs = inputs;
  }

  /**
   * One test that writes the file where that is asked for, else one for each part of it, none where
   * there is no file. Errors: USAGE for another word than update.
   */
  static Stream<DynamicNode> tests(
      Subject subject, Path file, Function<Graph, Map<String, Tensor>> inputs) {
    var golden = new Golden(subject, file, inputs);
    String asked = System.getProperty(PROPERTY, "");
    if (!asked.isEmpty() && !asked.equals(UPDATE)) {
      throw new SardonyxException(
          ErrorCode.USAGE, "-D" + PROPERTY + " takes '" + UPDATE + "', found '" + asked + "'");
    }
    if (asked.equals(UPDATE)) {
      return Stream.of(DynamicTest.dynamicTest("written to " + file, golden::update));
    }
    return Files.exists(file)
        ? Stream.of(
            DynamicTest.dynamicTest("graph", golden::graphIsTheSame),
            DynamicTest.dynamicTest("weights", golden::weightsAreTheSame),
            DynamicTest.dynamicTest("outputs", golden::outputsAreTheSame))
        : Stream.empty();
  }

  void update() {
    Graph graph = subject.traced();
    Map<String, Tensor> given = inputs.apply(graph);
    List<String> outputs = new ArrayList<>();
    outputs(graph, given).forEach((name, value) -> outputs.add(name + ": " + value));
    new GoldenFile(lines(graph), weights(graph), digests(given), outputs).write(file, graph.name());
  }

  void graphIsTheSame() {
    Graph graph = subject.traced();
    compare("graph", GoldenFile.read(file).graph(), lines(graph));
  }

  void weightsAreTheSame() {
    Graph graph = subject.traced();
    compare("weights", GoldenFile.read(file).weights(), weights(graph));
  }

  /** Errors: the first output that differs, after the inputs. */
  void outputsAreTheSame() {
    Graph graph = subject.traced();
    GoldenFile golden = GoldenFile.read(file);
    Map<String, Tensor> given = inputs.apply(graph);
    compare("inputs", golden.inputs(), digests(given));
    Map<String, OutputDigest> found = outputs(graph, given);
    Map<String, OutputDigest> expected = new LinkedHashMap<>();
    for (String line : golden.outputs()) {
      OutputDigest.Named named = OutputDigest.parse(line, file);
      expected.put(named.name(), named.digest());
    }
    compare("names of outputs", List.copyOf(expected.keySet()), List.copyOf(found.keySet()));
    for (Value output : graph.outputs()) {
      OutputDigest before = Objects.requireNonNull(expected.get(output.name()), output.name());
      OutputDigest now = Objects.requireNonNull(found.get(output.name()), output.name());
      Tolerance tolerance = Tolerance.ofModel(output.tensorType().dtype());
      Optional<String> difference = before.difference(now, tolerance);
      if (difference.isPresent()) {
        throw failed(
            "output '" + output.name() + "'", difference.get(), before.toString(), now.toString());
      }
    }
  }

  private static List<String> lines(Graph graph) {
    return graph.toString().lines().map(line -> line.replaceFirst(COMMENT, "")).toList();
  }

  private static List<String> weights(Graph graph) {
    return digests(graph.initializers());
  }

  private static List<String> digests(Map<String, ? extends Tensor> tensors) {
    List<String> lines = new ArrayList<>();
    tensors.forEach(
        (name, tensor) ->
            lines.add(name + ": " + tensor.type() + "  " + OutputDigest.sha256(tensor.dense())));
    return lines;
  }

  private static Map<String, OutputDigest> outputs(Graph graph, Map<String, Tensor> given) {
    var random = RandomValues.of(graph);
    Map<String, OutputDigest> digests = new LinkedHashMap<>();
    try (Session session =
        Sardonyx.engine(Laws.NATIVE).open(graph, SessionOptions.defaults().threads(1))) {
      session
          .run(given)
          .forEach(
              (name, tensor) -> {
                DenseTensor dense = tensor.dense();
                digests.put(
                    name,
                    random.contains(name)
                        ? new OutputDigest(dense.type().toString(), RANDOM, Optional.empty())
                        : OutputDigest.of(dense));
              });
    }
    return digests;
  }

  private void compare(String what, List<String> golden, List<String> found) {
    int differing = 0;
    int first = -1;
    for (int i = 0; i < Math.max(golden.size(), found.size()); i++) {
      if (!line(golden, i).equals(line(found, i))) {
        first = differing == 0 ? i : first;
        differing++;
      }
    }
    if (differing > 0) {
      String difference =
          "%d of %d lines differ, the first%n  was %s%n  is  %s"
              .formatted(
                  differing,
                  Math.max(golden.size(), found.size()),
                  line(golden, first).strip(),
                  line(found, first).strip());
      throw failed(what, difference, String.join("\n", golden), String.join("\n", found));
    }
  }

  private static String line(List<String> lines, int index) {
    return index < lines.size() ? lines.get(index) : "(no such line)";
  }

  private AssertionFailedError failed(String what, String difference, String golden, String found) {
    return new AssertionFailedError(
        ("%s changed since %s was written: %s%n"
                + "if that is meant, run the tests once with -D%s=%s and commit the file")
            .formatted(what, file, difference, PROPERTY, UPDATE),
        golden,
        found);
  }
}
