package dev.sardonyx.runtime.generate.proof;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.state.LoadPolicy;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.canonical.CanonicalForm;
import dev.sardonyx.runtime.canonical.GraphComparison;
import dev.sardonyx.runtime.check.CrossCheck;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.compare.Depths;
import dev.sardonyx.runtime.compare.Tolerance;
import dev.sardonyx.runtime.engine.NativeEngine;
import dev.sardonyx.runtime.inputs.RandomInputs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Generated sources compiled, loaded with their weights, traced, and compared with the graph that
 * they were generated from: outputs on random inputs, and the graphs.
 *
 * @param original the graph
 * @param sizes the sizes of symbolic dims that the caller knows
 * @param seed of the random inputs
 */
public record RoundTrip(Graph original, Map<String, Long> sizes, long seed) {
  public RoundTrip {
    sizes = Map.copyOf(sizes);
  }

  /** Why no sources can be compiled here, and what to do; empty where they can. */
  public static Optional<String> lack() {
    return MemoryCompiler.lack();
  }

  /**
   * Proves sources, or finds where they differ. Errors: what running the original reports, such as
   * UNSUPPORTED for an operator that the native engine lacks; of the generated model, it is a
   * result.
   *
   * @param sources texts by qualified class name
   * @param model the qualified name of the model's class
   * @param weights the file of its weights
   */
  public ProofReport prove(Map<String, String> sources, String model, Path weights) {
    CompiledSources compiled = MemoryCompiler.ofThisJava().compile(sources);
    if (compiled.failed()) {
      return ProofReport.failed("the sources do not compile", compiled.diagnostics());
    }
    NnModule module;
    Graph generated;
    try {
      module = LoadedModel.of(compiled, model);
      module.load(StateDict.read(weights), LoadPolicy.STRICT);
      generated = Trace.of(module).graph();
    } catch (SardonyxException error) {
      return ProofReport.failed("the generated model fails: " + error.getMessage(), List.of());
    }
    if (generated.inputs().size() != original.inputs().size()
        || generated.outputs().size() != original.outputs().size()) {
      return ProofReport.failed(
          "the model has inputs %s and outputs %s, but the generated one %s and %s"
              .formatted(
                  original.inputs(), original.outputs(), generated.inputs(), generated.outputs()),
          compiled.diagnostics());
    }
    var form = new CanonicalForm();
    List<ProofReport.Trial> trials = new ArrayList<>();
    for (long batch : batches()) {
      trials.add(trial(generated, batch, form));
    }
    return new ProofReport(
        compiled.diagnostics(),
        module.modules().size() - 1,
        module.parameterCount(),
        trials,
        List.copyOf(form.applied()),
        Optional.empty());
  }

  /** More than one, so that a wrong stride shows, and one, where the batch may be any. */
  private List<Long> batches() {
    boolean any =
        original.inputs().stream()
            .filter(input -> input.type() instanceof TensorType type && type.shape().isKnown())
            .map(input -> input.tensorType().shape().dims())
            .anyMatch(
                dims ->
                    !dims.isEmpty()
                        && dims.getFirst() instanceof Dim.Symbol(String name)
                        && !sizes.containsKey(name));
    return any ? List.of(CrossCheck.BATCH, 1L) : List.of(CrossCheck.BATCH);
  }

  private ProofReport.Trial trial(Graph generated, long batch, CanonicalForm form) {
    Map<String, Data> given = RandomInputs.of(original, seed, sizes, batch);
    List<Data> inputs = original.inputs().stream().map(input -> of(given, input)).toList();
    List<ValueType> types = inputs.stream().map(Data::type).toList();
    Map<String, Data> wanted = run(original, inputs);
    try {
      Map<String, Data> found = run(generated, inputs);
      Depths depths = Depths.of(original);
      List<ProofReport.Output> outputs = new ArrayList<>();
      for (int i = 0; i < original.outputs().size(); i++) {
        Value output = original.outputs().get(i);
        var comparison =
            Comparison.of(
                output.name(),
                of(found, generated.outputs().get(i)),
                of(wanted, output),
                dtype -> Tolerance.ofModel(dtype, depths.of(output.name())));
        outputs.add(new ProofReport.Output(output.name(), comparison));
      }
      var graphs = GraphComparison.of(form.of(original, types), form.of(generated, types));
      return new ProofReport.Trial(types, outputs, graphs);
    } catch (SardonyxException error) {
      var graphs =
          new GraphComparison(
              original.nodes().size(),
              Optional.of("the generated model fails: " + error.getMessage()));
      return new ProofReport.Trial(types, List.of(), graphs);
    }
  }

  private static Data of(Map<String, Data> data, Value value) {
    return Objects.requireNonNull(data.get(value.name()), value.name());
  }

  private static Map<String, Data> run(Graph graph, List<Data> inputs) {
    Map<String, Data> named = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      named.put(graph.inputs().get(i).name(), inputs.get(i));
    }
    try (Session session = new NativeEngine().open(graph, SessionOptions.defaults())) {
      return session.runData(named);
    }
  }
}
