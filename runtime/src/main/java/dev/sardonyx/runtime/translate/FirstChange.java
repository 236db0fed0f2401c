package dev.sardonyx.runtime.translate;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphInference;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.runtime.compare.Comparison;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where two graphs part of which the second was made of the first: the first value of both whose
 * numbers differ. Values are had as outputs, so many at once as take little memory.
 */
final class FirstChange {
  /** What the values of one run may take. */
  private static final long MOST_BYTES = 256L << 20;

  private final Engine engine;
  private final Graph before;
  private final Graph after;
  private final Judging judging;

  /**
   * What was found.
   *
   * @param node the first node that was written or changed on the way to the value, or the one that
   *     computed what is a constant now
   */
  record Found(String value, Optional<Node> node, Comparison comparison, Data is, Data was) {}

  FirstChange(Engine engine, Graph before, Graph after, Judging judging) {
    this.engine = engine;
    this.before = before;
    this.after = after;
    this.judging = judging;
  }

  /** The first value that differs; empty where none does. Errors: the engine's. */
  Optional<Found> find(Map<String, Data> inputs) {
    Map<String, Node> makers = before.producers();
    Optional<Found> constant = constant(makers, inputs);
    if (constant.isPresent()) {
      return constant;
    }
    List<Value> common = new ArrayList<>();
    for (Node node : after.nodes()) {
      for (Value output : node.outputs()) {
        if (output.isPresent() && makers.containsKey(output.name())) {
          common.add(output);
        }
      }
    }
    for (List<Value> some : portions(common, inputs)) {
      Map<String, Data> was = WrittenRun.of(engine, before, some, inputs);
      Map<String, Data> is = WrittenRun.of(engine, after, some, inputs);
      for (Value value : some) {
        Optional<Found> found =
            differing(value.name(), is, was, () -> changed(value.name(), names(common)));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private interface Cause {
    Optional<Node> node();
  }

  private Optional<Found> differing(
      String name, Map<String, ? extends Data> is, Map<String, ? extends Data> was, Cause cause) {
    if (judging.leftOut().test(name)) {
      return Optional.empty();
    }
    Data found = Objects.requireNonNull(is.get(name), name);
    Data expected = Objects.requireNonNull(was.get(name), name);
    Comparison comparison = judging.compare(name, found, expected);
    return comparison.passes()
        ? Optional.empty()
        : Optional.of(new Found(name, cause.node(), comparison, found, expected));
  }

  /** A constant that differs from what was computed under its name, or stood there before. */
  private Optional<Found> constant(Map<String, Node> makers, Map<String, Data> inputs) {
    List<Value> folded = new ArrayList<>();
    for (Node node : before.nodes()) {
      for (Value output : node.outputs()) {
        if (output.isPresent() && after.initializers().containsKey(output.name())) {
          folded.add(output);
        }
      }
    }
    Map<String, Data> was = new LinkedHashMap<>();
    after
        .initializers()
        .forEach(
            (name, tensor) -> {
              DenseTensor old = before.initializers().get(name);
              if (old != null && old != tensor) {
                was.put(name, old);
              }
            });
    if (!folded.isEmpty()) {
      Map<String, Data> computed = WrittenRun.of(engine, before, folded, inputs);
      folded.forEach(
          value -> was.put(value.name(), Objects.requireNonNull(computed.get(value.name()))));
    }
    for (String name : was.keySet()) {
      Optional<Found> found =
          differing(name, after.initializers(), was, () -> Optional.ofNullable(makers.get(name)));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The first node that is not in the graph before, on the way from common values to one. */
  private Optional<Node> changed(String value, Set<String> common) {
    Map<String, Node> makers = after.producers();
    Set<Node> old = new HashSet<>(before.nodes());
    Set<Node> way = new HashSet<>();
    Deque<Node> open = new ArrayDeque<>(List.of(Objects.requireNonNull(makers.get(value))));
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (way.add(node)) {
        for (Value input : node.inputs()) {
          Node maker = makers.get(input.name());
          if (maker != null && !common.contains(input.name())) {
            open.push(maker);
          }
        }
      }
    }
    return after.nodes().stream()
        .filter(way::contains)
        .filter(node -> !old.contains(node))
        .findFirst()
        .or(() -> Optional.ofNullable(makers.get(value)));
  }

  private static Set<String> names(List<Value> values) {
    Set<String> names = new HashSet<>();
    values.forEach(value -> names.add(value.name()));
    return names;
  }

  /**
   * Values in order, in lists that take so much memory together; a value of no known size alone.
   */
  private List<List<Value>> portions(List<Value> values, Map<String, Data> inputs) {
    Map<String, Long> bytes = bytes(inputs);
    List<List<Value>> portions = new ArrayList<>();
    List<Value> last = new ArrayList<>();
    long taken = 0;
    for (Value value : values) {
      long own = bytes.getOrDefault(value.name(), 0L);
      if (taken + own > MOST_BYTES && !last.isEmpty()) {
        portions.add(last);
        last = new ArrayList<>();
        taken = 0;
      }
      last.add(value);
      taken += own;
    }
    portions.add(last);
    return portions;
  }

  /** The sizes of values that inference knows. */
  private Map<String, Long> bytes(Map<String, Data> inputs) {
    List<ValueType> types =
        before.inputs().stream()
            .map(input -> Objects.requireNonNull(inputs.get(input.name())).type())
            .toList();
    Map<String, Long> bytes = new HashMap<>();
    for (Node node : GraphInference.infer(before, types).nodes()) {
      for (Value output : node.outputs()) {
        if (output.type() instanceof TensorType type && type.shape().isFixed()) {
          bytes.put(output.name(), type.dtype().bytes(type.shape().elements().fixed()));
        }
      }
    }
    return bytes;
  }
}
