package dev.sardonyx.runtime.engine;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.runtime.interpret.Interpreter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A graph of which some shapes depend on data, or some values are no tensors: the part that can be
 * planned runs as a plan, the rest node by node. Thread-safe.
 */
final class Interpreted implements Execution {
  private final Graph graph;
  private final Graph rest;
  private final Set<String> plannable;
  private final Execution plan;
  private final Supplier<Interpreter> interpreters;

  /** A graph whose types are inferred; the plan is that of its {@link StaticPart}. */
  Interpreted(Graph graph, Graph planned, Execution plan, Supplier<Interpreter> interpreters) {
    this.graph = graph;
    Set<Node> taken = Set.copyOf(planned.nodes());
    this.rest =
        graph.withNodes(graph.nodes().stream().filter(node -> !taken.contains(node)).toList());
    this.plannable =
        planned.inputs().stream().map(Value::name).collect(Collectors.toUnmodifiableSet());
    this.plan = plan;
    this.interpreters = interpreters;
  }

  @Override
  public Map<String, Data> run(List<Data> inputs) {
    Map<String, Data> values = new HashMap<>();
    List<Data> tensors = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      String name = graph.inputs().get(i).name();
      values.put(name, inputs.get(i));
      if (plannable.contains(name)) {
        tensors.add(inputs.get(i));
      }
    }
    values.putAll(plan.run(tensors));
    List<Data> outputs = interpreters.get().run(rest, values);
    Map<String, Data> results = LinkedHashMap.newLinkedHashMap(outputs.size());
    for (int i = 0; i < outputs.size(); i++) {
      results.put(graph.outputs().get(i).name(), outputs.get(i));
    }
    return results;
  }

  @Override
  public void requireRoom() {
    plan.requireRoom();
  }

  @Override
  public void trim() {
    plan.trim();
  }

  @Override
  public void close() {
    plan.close();
  }
}
