package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.tune.Decision;
import dev.sardonyx.runtime.tune.Way;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Joins a depthwise convolution with the convolutions of single pixels before and after it, where a
 * kernel takes them together ({@link ChainRoutine}) and nobody else sees what lies between.
 */
final class ConvolutionChains {
  private final Graph graph;
  private final List<Stage> stages;
  private final ChainRoutine.Choice choice;
  private final Choices choices;
  private final Map<String, Decision> decisions = new HashMap<>();
  private final Map<String, Integer> producers = new HashMap<>();
  private final Map<String, Integer> uses = new HashMap<>();
  private final Set<String> outputs = new HashSet<>();

  private ConvolutionChains(
      Graph graph, List<Stage> stages, ChainRoutine.Choice choice, Choices choices) {
    this.graph = graph;
    this.stages = stages;
    this.choice = choice;
    this.choices = choices;
    graph.outputs().forEach(output -> outputs.add(output.name()));
    for (int i = 0; i < stages.size(); i++) {
      for (Value output : stages.get(i).outputs()) {
        producers.put(output.name(), i);
      }
      stages.get(i).inputs().forEach(input -> uses.merge(input.name(), 1, Integer::sum));
    }
  }

  /**
   * What came of it.
   *
   * @param stages with each chain placed where its last stage stood
   * @param decisions by the name of that stage's output, where there could be a chain
   */
  record Joined(List<Stage> stages, Map<String, Decision> decisions) {}

  /** Joins the stages of a graph. */
  static Joined join(
      Graph graph, List<Stage> stages, Kernels kernels, Weights weights, Choices choices) {
    var choice = new ChainRoutine.Choice(kernels, weights);
    return new ConvolutionChains(graph, stages, choice, choices).join();
  }

  private Joined join() {
    var placed = new Stage[stages.size()];
    for (int i = 0; i < stages.size(); i++) {
      placed[i] = stages.get(i);
      Optional<Integer> window = before(i);
      if (window.isEmpty() || !choice.projects(call(i), call(window.get()))) {
        continue;
      }
      Optional<Integer> expand = before(window.get());
      if (expand.isPresent()
          && choice.expands(call(expand.get()), call(window.get()))
          && pays(expand.get(), window.get(), i)) {
        placed[i] = joined(expand.get(), window.get(), i);
        placed[expand.get()] = null;
        placed[window.get()] = null;
      } else if (choice.begins(call(window.get())) && pays(window.get(), i)) {
        placed[i] = joined(window.get(), i);
        placed[window.get()] = null;
      }
    }
    List<Stage> result = new ArrayList<>();
    for (Stage stage : placed) {
      if (stage != null) {
        result.add(stage);
      }
    }
    return new Joined(result, Map.copyOf(decisions));
  }

  /** Whether stages are faster together. */
  private boolean pays(int... indices) {
    List<Call> calls = Arrays.stream(indices).mapToObj(this::call).toList();
    Decision decision = choice.decide(calls, choices);
    decisions.put(stages.get(indices[indices.length - 1]).outputs().getFirst().name(), decision);
    return decision.way() == Way.CHAIN;
  }

  /** The stage whose result one alone reads, as its first input. */
  private Optional<Integer> before(int stage) {
    if (!ChainRoutine.isConvolution(stages.get(stage))) {
      return Optional.empty();
    }
    Value value = stages.get(stage).inputs().getFirst();
    boolean inner = uses.getOrDefault(value.name(), 0) == 1 && !outputs.contains(value.name());
    return Optional.ofNullable(producers.get(value.name()))
        .filter(producer -> inner && ChainRoutine.isConvolution(stages.get(producer)));
  }

  private Call call(int stage) {
    return Call.of(graph, stages.get(stage));
  }

  private Stage joined(int... indices) {
    List<Stage> parts = Arrays.stream(indices).mapToObj(stages::get).toList();
    List<Value> inputs = new ArrayList<>();
    for (Stage part : parts) {
      int from = inputs.size();
      inputs.addAll(part.inputs());
      if (from > 0) {
        inputs.set(from, Value.absent());
      }
    }
    Stage last = parts.getLast();
    return new Stage(last.node(), inputs, last.outputs(), last.tail(), last.order(), parts);
  }
}
