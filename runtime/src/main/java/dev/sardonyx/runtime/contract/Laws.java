package dev.sardonyx.runtime.contract;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.ModelFormat;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.FileErrors;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphDifference;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.runtime.check.CheckReport;
import dev.sardonyx.runtime.check.CrossCheck;
import dev.sardonyx.runtime.inputs.RandomInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The laws of a model. Each returns, fails with what is wrong, or is aborted with the reason. */
final class Laws {
  static final String NATIVE = "native";
  static final String ONNX_RUNTIME = "ort";

  private static final long SEED_OF_INPUTS = 0;

  private static final String OWN_INPUTS =
      "the inputs were random ones; where the model wants others, override inputs of the contract";

  /** The default opset of a format. */
  private static final int ANY_OPSET = 0;

  private final Subject subject;
  private final Function<Graph, Map<String, Tensor>> inputs;
  private final Function<Path, ModelFormat> formats;

  Laws(Subject subject, Function<Graph, Map<String, Tensor>> inputs) {
    this(subject, inputs, Sardonyx::format);
  }

  Laws(
      Subject subject,
      Function<Graph, Map<String, Tensor>> inputs,
      Function<Path, ModelFormat> formats) {
    this.subject = subject;
    this.inputs = inputs;
    this.formats = formats;
  }

  /** The inputs of models that nobody gave others. Errors: as {@link RandomInputs#of}. */
  static Map<String, Tensor> randomInputs(Graph graph) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    RandomInputs.of(graph, SEED_OF_INPUTS, Map.of(), CrossCheck.BATCH)
        .forEach((name, data) -> tensors.put(name, (Tensor) data));
    return tensors;
  }

  void exports() {
    Graph graph = subject.traced();
    try (var scratch = new Scratch()) {
      write(graph, scratch.file("model.onnx"));
    }
  }

  void exportsTheSameBytesTwice() {
    Graph graph = subject.traced();
    Graph again = Trace.of(subject.again()).graph();
    GraphDifference.first(again, graph)
        .ifPresent(
            what ->
                Assertions.fail(
                    "two models made one after the other differ: "
                        + what
                        + ". Nothing in a model may depend on the time, on counters or on random"
                        + " numbers of its own: Generator.defaultGenerator() starts from a seed"));
    try (var first = new Scratch();
        var second = new Scratch()) {
      write(graph, first.file("model.onnx"));
      write(again, second.file("model.onnx"));
      for (Path file : first.files()) {
        Path other = second.file(file.getFileName().toString());
        long at = mismatch(file, other);
        if (at >= 0) {
          Assertions.fail("the same graph gave two files, which differ from byte " + at + " on");
        }
      }
    }
  }

  void readsBackToTheSameGraph() {
    Graph graph = subject.traced();
    try (var scratch = new Scratch()) {
      Path file = scratch.file("model.onnx");
      Graph again = write(graph, file).read(file);
      GraphDifference.first(again, graph)
          .ifPresent(what -> Assertions.fail("the file reads back as another graph: " + what));
    }
  }

  void runsOn(String engine) {
    subject.traced();
    passed(CrossCheck.of(subject.model()), List.of(usable(engine)));
  }

  /** Without what forward computes eagerly, to which each engine is held alone. */
  void crossChecks() {
    passed(CrossCheck.of(subject.traced()), List.of(usable(NATIVE), usable(ONNX_RUNTIME)));
  }

  private void passed(CrossCheck check, List<Engine> engines) {
    CheckReport report =
        check
            .engines(engines)
            .inputs(inputs.apply(check.graph()))
            .remark(OWN_INPUTS)
            .timing(Duration.ZERO)
            .run();
    if (report.isEmpty()) {
      Assumptions.abort("nothing can be compared: " + report.notes());
    }
    report.orThrow();
  }

  void stateDictSurvivesARoundTrip() {
    Graph graph = subject.traced();
    NnModule other = subject.other();
    try (var scratch = new Scratch()) {
      Path file = scratch.file("weights.safetensors");
      subject.model().stateDict().write(file);
      other.load(StateDict.read(file));
      GraphDifference.first(Trace.of(other).graph(), graph)
          .ifPresent(
              what ->
                  Assertions.fail(
                      "a model with other random weights that loads this one's state dict is still"
                          + " another model: "
                          + what
                          + ". What is random must be a Parameter or a persistent Buffer, or"
                          + " it is lost with the file"));
    }
  }

  /** Writes a graph and returns the format; the law is skipped where there is none. */
  private ModelFormat write(Graph graph, Path file) {
    ModelFormat format = format(file);
    format.write(graph, file, ANY_OPSET);
    return format;
  }

  private ModelFormat format(Path file) {
    try {
      return formats.apply(file);
    } catch (SardonyxException error) {
      if (error.code() == ErrorCode.UNSUPPORTED) {
        return Assumptions.abort(error.reason());
      }
      throw error;
    }
  }

  /** An engine that can be used here; where it cannot, the law is skipped with the reason. */
  private static Engine usable(String name) {
    Engine engine;
    try {
      engine = Sardonyx.engine(name);
    } catch (SardonyxException missing) {
      return Assumptions.abort(missing.reason());
    }
    Optional<String> reason = engine.unavailable();
    return reason.isEmpty()
        ? engine
        : Assumptions.abort("engine " + name + ": " + reason.orElseThrow());
  }

  private static long mismatch(Path one, Path other) {
    try {
      return Files.mismatch(one, other);
    } catch (IOException error) {
      throw FileErrors.unreadable(other, error);
    }
  }
}
