package dev.sardonyx.runtime.check;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.compare.Tolerance;
import dev.sardonyx.runtime.diagnose.EngineOutputs;
import dev.sardonyx.runtime.diagnose.RandomValues;
import dev.sardonyx.runtime.engine.LossyEngine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Compares one model with another that is to compute the same, such as another's export of it. */
public final class Against {
  private final Graph model;
  private final Graph other;
  private final Engine engine;
  private final Engine otherEngine;
  private final double loss;
  private final List<String> notes = new ArrayList<>();

  /** Two models, each on an engine, which may be one. */
  public Against(Graph model, Engine engine, Graph other, Engine otherEngine) {
    this.model = model;
    this.other = other;
    this.engine = engine;
    this.otherEngine = otherEngine;
    SessionOptions options = SessionOptions.defaults();
    loss =
        LossyEngine.of(engine, model, options)
            .and(LossyEngine.of(otherEngine, other, options))
            .total();
  }

  /**
   * Which value of the other model stands for which.
   *
   * @param how in words
   */
  private record Pairing(String how, Map<String, String> names) {}

  /**
   * Runs both. Errors: SHAPE where their inputs or outputs are not as many or do not fit, naming
   * both; those of the engines.
   *
   * @param inputs by the names of the model
   */
  public AgainstReport run(Map<String, Data> inputs) {
    Pairing ins = pairing("inputs", needed(model), needed(other));
    Pairing outs = pairing("outputs", model.outputs(), other.outputs());
    Map<String, Data> given = new LinkedHashMap<>();
    ins.names().forEach((name, there) -> given.put(there, of(inputs, name)));
    SessionOptions options = SessionOptions.defaults();
    Map<String, Data> is = run(engine, model, inputs, options);
    Map<String, Data> was = run(otherEngine, other, given, options);
    var random = RandomValues.of(model);
    List<AgainstReport.Row> rows = new ArrayList<>();
    outs.names()
        .forEach(
            (name, there) -> {
              if (random.contains(name)) {
                notes.add("not compared, because it depends on random numbers: output " + name);
                return;
              }
              Data found = EngineOutputs.named(engine.name(), is, name);
              Data expected = EngineOutputs.named(otherEngine.name(), was, there);
              rows.add(new AgainstReport.Row(name, there, compare(name, found, expected)));
            });
    List<Value> common = common(random);
    return new AgainstReport(
        model.name(),
        other.name(),
        engine.name(),
        otherEngine.name(),
        ins.how(),
        outs.how(),
        rows,
        common.size(),
        first(common, inputs, given),
        notes);
  }

  private static Data of(Map<String, Data> inputs, String name) {
    Data data = inputs.get(name);
    if (data == null) {
      throw new SardonyxException(
          ErrorCode.INPUT, "input '" + name + "' is missing, found " + inputs.keySet());
    }
    return data;
  }

  /** The inputs without a default. */
  private static List<Value> needed(Graph graph) {
    return graph.inputs().stream()
        .filter(input -> !graph.initializers().containsKey(input.name()))
        .toList();
  }

  private Pairing pairing(String what, List<Value> ours, List<Value> theirs) {
    if (ours.size() != theirs.size()) {
      throw misfit(what, ours, theirs);
    }
    Set<String> names = new HashSet<>();
    theirs.forEach(value -> names.add(value.name()));
    boolean byName = ours.stream().allMatch(value -> names.contains(value.name()));
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 0; i < ours.size(); i++) {
      Value mine = ours.get(i);
      Value there =
          byName
              ? theirs.stream()
                  .filter(value -> value.name().equals(mine.name()))
                  .findFirst()
                  .orElseThrow()
              : theirs.get(i);
      if (!fits(mine.type(), there.type())) {
        throw misfit(what, ours, theirs);
      }
      pairs.put(mine.name(), there.name());
    }
    return new Pairing(
        byName
            ? what + " by name: " + pairs.keySet()
            : what + " by position, as their names differ: " + pairs,
        pairs);
  }

  private SardonyxException misfit(String what, List<Value> ours, List<Value> theirs) {
    return new SardonyxException(
        ErrorCode.SHAPE,
        "the two models cannot be compared: the %s of %s are %s, those of %s are %s"
            .formatted(what, model.name(), ours, other.name(), theirs));
  }

  private static boolean fits(ValueType a, ValueType b) {
    if (!(a instanceof TensorType one) || !(b instanceof TensorType two)) {
      return a.getClass() == b.getClass();
    }
    boolean fits = one.dtype() == two.dtype();
    if (fits && one.shape().isKnown() && two.shape().isKnown()) {
      fits = one.rank() == two.rank();
      for (int axis = 0; fits && axis < one.rank(); axis++) {
        boolean fixed = one.dim(axis).isFixed() && two.dim(axis).isFixed();
        fits = !fixed || one.dim(axis).equals(two.dim(axis));
      }
    }
    return fits;
  }

  private Comparison compare(String name, Data found, Data expected) {
    return Comparison.of(
        name, found, expected, dtype -> Tolerance.ofModel(dtype).widenedByAll(loss));
  }

  private static Map<String, Data> run(
      Engine on, Graph graph, Map<String, Data> inputs, SessionOptions options) {
    try (Session session = on.open(graph, options)) {
      return session.runData(inputs);
    }
  }

  private List<Value> common(RandomValues random) {
    Map<String, Node> theirs = other.producers();
    List<Value> common = new ArrayList<>();
    for (Node node : model.nodes()) {
      for (Value output : node.outputs()) {
        if (output.isPresent()
            && theirs.containsKey(output.name())
            && !random.contains(output.name())) {
          common.add(output);
        }
      }
    }
    return common;
  }

  /** The first value of one name in both that differs, each model computed as it is written. */
  private Optional<AgainstReport.Inner> first(
      List<Value> common, Map<String, Data> inputs, Map<String, Data> given) {
    if (common.isEmpty()) {
      return Optional.empty();
    }
    SessionOptions written = SessionOptions.defaults().asWritten();
    Map<String, Data> is;
    Map<String, Data> was;
    try {
      is = run(engine, model.withOutputs(common), inputs, written);
      was = run(otherEngine, other.withOutputs(theirs(common)), given, written);
    } catch (SardonyxException error) {
      notes.add("values inside are not compared: " + error.reason());
      return Optional.empty();
    }
    Map<String, Node> makers = model.producers();
    for (Value value : common) {
      String name = value.name();
      Comparison comparison =
          compare(
              name,
              EngineOutputs.named(engine.name(), is, name),
              EngineOutputs.named(otherEngine.name(), was, name));
      if (!comparison.passes()) {
        Node node = Objects.requireNonNull(makers.get(name));
        return Optional.of(new AgainstReport.Inner(node, name, comparison));
      }
    }
    return Optional.empty();
  }

  private List<Value> theirs(List<Value> common) {
    Map<String, Value> values = new LinkedHashMap<>();
    other
        .nodes()
        .forEach(node -> node.outputs().forEach(output -> values.put(output.name(), output)));
    return common.stream().map(value -> Objects.requireNonNull(values.get(value.name()))).toList();
  }
}
