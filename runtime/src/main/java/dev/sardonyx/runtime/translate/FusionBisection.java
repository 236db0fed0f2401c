package dev.sardonyx.runtime.translate;

import dev.sardonyx.api.engine.Engine;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.runtime.compare.Comparison;
import dev.sardonyx.runtime.diagnose.CloseLook;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what an engine's optimising spoils, be it passes, epilogues, chains or layouts: the graph
 * is cut after some of its nodes, run optimised and as it is written, and halved. Cutting takes as
 * many pairs of sessions as the number of nodes has bits.
 */
public final class FusionBisection {
  /** How many values around a fault are asked for to see what is computed together. */
  private static final int MOST_ASKED = 16;

  private final Engine engine;
  private final Graph graph;
  private final Map<String, Data> inputs;
  private final Judging judging;
  private int opens;

  private record Off(String value, Comparison comparison, Data is, Data was) {}

  private FusionBisection(Engine engine, Graph graph, Map<String, Data> inputs, Judging judging) {
    this.engine = engine;
    this.graph = graph;
    this.inputs = inputs;
    this.judging = judging;
  }

  /**
   * The first node up to which the optimised graph is wrong; empty where the outputs agree. Errors:
   * the engine's on the whole graph.
   */
  public static Optional<FusionFinding> run(
      Engine engine, Graph graph, Map<String, Data> inputs, Judging judging) {
    return new FusionBisection(engine, graph, inputs, judging).run();
  }

  private Optional<FusionFinding> run() {
    int wrong = graph.nodes().size();
    Optional<Off> off = compared(wrong, List.of());
    if (off.isEmpty()) {
      return Optional.empty();
    }
    int right = 0;
    while (wrong - right > 1) {
      int middle = (right + wrong) / 2;
      Optional<Off> there = off(middle, List.of());
      if (there.isPresent()) {
        wrong = middle;
        off = there;
      } else {
        right = middle;
      }
    }
    Off found = off.get();
    return Optional.of(
        new FusionFinding(
            engine.name(),
            graph.nodes().get(wrong - 1),
            found.value(),
            found.comparison(),
            CloseLook.at(found.is(), found.was()).worst(),
            fused(wrong, found.value()),
            opens));
  }

  /** What is off after some nodes; a part of a graph that an engine refuses tells nothing. */
  private Optional<Off> off(int nodes, List<Value> more) {
    try {
      return compared(nodes, more);
    } catch (SardonyxException _) {
      return Optional.empty();
    }
  }

  private Optional<Off> compared(int nodes, List<Value> more) {
    Graph part = part(nodes, more);
    Map<String, Data> is = run(part, SessionOptions.defaults());
    Map<String, Data> was = run(part, SessionOptions.defaults().asWritten());
    for (Value output : part.outputs()) {
      String name = output.name();
      if (!judging.leftOut().test(name)) {
        Data found = Objects.requireNonNull(is.get(name), name);
        Data expected = Objects.requireNonNull(was.get(name), name);
        Comparison comparison = judging.compare(name, found, expected);
        if (!comparison.passes()) {
          return Optional.of(new Off(name, comparison, found, expected));
        }
      }
    }
    return Optional.empty();
  }

  private Map<String, Data> run(Graph part, SessionOptions options) {
    opens++;
    try (Session session = engine.open(part, options.threads(1))) {
      return session.runData(inputs);
    }
  }

  /** The first nodes, with what is needed behind them and more values as outputs. */
  private Graph part(int count, List<Value> more) {
    List<Node> nodes = graph.nodes().subList(0, count);
    Set<String> later = new HashSet<>();
    graph.outputs().forEach(output -> later.add(output.name()));
    graph
        .nodes()
        .subList(count, graph.nodes().size())
        .forEach(node -> node.inputs().forEach(input -> later.add(input.name())));
    more.forEach(value -> later.add(value.name()));
    Set<String> taken = new HashSet<>();
    List<Value> outputs = new ArrayList<>();
    for (Node node : nodes) {
      node.inputs().forEach(input -> taken.add(input.name()));
      for (Value output : node.outputs()) {
        if (output.isPresent() && later.contains(output.name())) {
          outputs.add(output);
        }
      }
    }
    Map<String, DenseTensor> weights = new LinkedHashMap<>(graph.initializers());
    weights.keySet().retainAll(taken);
    return new Graph(graph.name(), graph.inputs(), outputs, nodes, weights, graph.metadata());
  }

  /** The nodes around a value whose values put it right when they are asked for. */
  private List<Node> fused(int count, String value) {
    Map<String, Node> makers = graph.producers();
    Set<Node> together = new HashSet<>();
    Set<String> asked = new HashSet<>();
    Deque<Node> open = new ArrayDeque<>();
    open.add(Objects.requireNonNull(makers.get(value)));
    while (!open.isEmpty() && asked.size() < MOST_ASKED) {
      Node node = open.poll();
      together.add(node);
      for (Value input : node.inputs()) {
        Node maker = makers.get(input.name());
        if (maker != null
            && asked.size() < MOST_ASKED
            && asked.add(input.name())
            && isRight(count, input, value)) {
          open.add(maker);
        }
      }
    }
    return graph.nodes().stream().filter(together::contains).toList();
  }

  /** Whether a value is no longer off when one before it is asked for. */
  private boolean isRight(int count, Value input, String value) {
    try {
      return compared(count, List.of(input)).filter(off -> off.value().equals(value)).isEmpty();
    } catch (SardonyxException _) {
      return false;
    }
  }
}
