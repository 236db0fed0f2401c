package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.bench.ImageInputs;
import dev.sardonyx.runtime.compiler.Compiler;
import dev.sardonyx.runtime.engine.NativeEngine;
import dev.sardonyx.runtime.engine.NativeEvaluator;
import dev.sardonyx.runtime.inputs.RandomInputs;
import dev.sardonyx.runtime.quantize.StaticQuantization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A registered model, statically quantised to 8 bits: with scales from a run on an image, and batch
 * normalisations folded into convolutions first.
 */
record QuantizedTarget(String name, Graph graph) implements Target {
  /** What the names of such targets end in. */
  static final String ENDING = "-int8";

  /** The quantised form of a target in float32. Errors: what the trace reports; UNSUPPORTED. */
  static QuantizedTarget of(String name, Target target, long seed) {
    Graph graph = Compiler.standard(new NativeEvaluator(), false).compile(target.graph());
    Map<String, Data> inputs = ImageInputs.of(RandomInputs.of(target.graph(), seed, Map.of(), 1));
    Map<String, Value> outputs = new LinkedHashMap<>();
    graph.outputs().forEach(output -> outputs.put(output.name(), output));
    for (Node node : graph.nodes()) {
      node.outputs().stream()
          .filter(QuantizedTarget::isFloats)
          .forEach(output -> outputs.putIfAbsent(output.name(), output));
    }
    Graph open = graph.withOutputs(new ArrayList<>(outputs.values()));
    try (Session session = new NativeEngine().open(open, SessionOptions.defaults())) {
      Map<String, Data> values = new HashMap<>(session.runData(inputs));
      values.putAll(inputs);
      return new QuantizedTarget(name, StaticQuantization.of(graph, values));
    }
  }

  private static boolean isFloats(Value value) {
    return value.isPresent()
        && value.type() instanceof TensorType type
        && type.dtype() == DType.FLOAT32;
  }

  @Override
  public Optional<NnModule> module() {
    return Optional.empty();
  }

  @Override
  public Map<String, String> facts() {
    return Map.of("quantised", "statically, activations uint8, weights int8");
  }
}
