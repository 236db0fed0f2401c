package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.runtime.kernel.ElementwiseProgram;
import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operand;
import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operation;
import dev.sardonyx.runtime.kernel.Kernels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Joins elementwise stages into programs: a stage takes along those before it whose results have
 * its shape and nobody else uses. One stage alone is a program where that computes it faster.
 */
final class ElementwiseChains {
  /** In less than this many elements a loop of its own is not worth its making. */
  private static final long LEAST = 1024;

  /** C2 has registers for about as many arrays, and loops stay short enough to be compiled. */
  private static final int MOST_OPERANDS = 8;

  private static final int MOST_STAGES = 24;

  /** So few with a curve among them gain nothing from the first cache. */
  private static final int SHORT = 2;

  private final Kernels kernels;
  private final ElementwiseNodes nodes;
  private final List<Stage> stages;
  private final Set<String> outputs = new HashSet<>();
  private final Map<String, Integer> producers = new HashMap<>();
  private final Map<String, Set<Integer>> users = new HashMap<>();
  private final boolean[] elementwise;
  private final boolean[] claimed;
  private final List<Stage> result = new ArrayList<>();
  private final Map<Stage, ElementwiseProgram> programs = new HashMap<>();

  private ElementwiseChains(Graph graph, List<Stage> stages, Kernels kernels) {
    this.kernels = kernels;
    this.nodes = new ElementwiseNodes(graph);
    this.stages = stages;
    elementwise = new boolean[stages.size()];
    claimed = new boolean[stages.size()];
    graph.outputs().forEach(output -> outputs.add(output.name()));
    for (int i = 0; i < stages.size(); i++) {
      for (Value output : stages.get(i).outputs()) {
        producers.put(output.name(), i);
      }
      for (Value input : stages.get(i).inputs()) {
        users.computeIfAbsent(input.name(), _ -> new HashSet<>()).add(i);
      }
      elementwise[i] = nodes.isElementwise(stages.get(i)) && elements(i) >= LEAST;
    }
  }

  /** The chains among stages of fixed shapes, each placed where its last stage stood. */
  static ElementwiseChains of(Graph graph, List<Stage> stages, Kernels kernels) {
    var chains = new ElementwiseChains(graph, stages, kernels);
    chains.join();
    return chains;
  }

  /** All stages in order, chains among them as stages of their last node. */
  List<Stage> stages() {
    return List.copyOf(result);
  }

  /** What a stage computes where it is a chain. */
  Optional<ElementwiseProgram> program(Stage stage) {
    return Optional.ofNullable(programs.get(stage));
  }

  private Value output(int stage) {
    return stages.get(stage).outputs().getFirst();
  }

  private long elements(int stage) {
    return output(stage).tensorType().shape().elements().fixed();
  }

  private void join() {
    var placed = new Stage[stages.size()];
    for (int i = stages.size() - 1; i >= 0; i--) {
      if (claimed[i]) {
        continue;
      }
      placed[i] = stages.get(i);
      if (elementwise[i]) {
        TreeSet<Integer> members = grow(i);
        if (pays(members)) {
          members.forEach(member -> claimed[member] = true);
          placed[i] = chain(members);
        }
      }
    }
    for (Stage stage : placed) {
      if (stage != null) {
        result.add(stage);
      }
    }
  }

  /** Whether so many stages gain from being a program of their own. */
  private boolean pays(TreeSet<Integer> members) {
    boolean alone = members.size() == 1;
    return members.size() > SHORT
        || members.stream()
            .flatMap(member -> nodes.operations(stages.get(member), 0, _ -> 0).stream())
            .allMatch(operation -> alone ? kernels.loops(operation) : Kernels.hasLoop(operation))
        || alone && stages.get(members.first()).op() instanceof BinaryOp.Pow;
  }

  /** The stages of a chain that ends with one. */
  private TreeSet<Integer> grow(int last) {
    var members = new TreeSet<Integer>(List.of(last));
    boolean grows = true;
    while (grows) {
      grows = false;
      for (int candidate : candidates(members)) {
        if (members.size() < MOST_STAGES && fits(candidate, members)) {
          grows = members.add(candidate) || grows;
        }
      }
    }
    return members;
  }

  /** What computes the operands of stages, the latest first. */
  private List<Integer> candidates(TreeSet<Integer> members) {
    var found = new TreeSet<Integer>();
    for (int member : members) {
      for (Value value : nodes.operands(stages.get(member))) {
        Integer producer = producers.get(value.name());
        if (producer != null && !members.contains(producer)) {
          found.add(producer);
        }
      }
    }
    return List.copyOf(found.descendingSet());
  }

  private boolean fits(int candidate, TreeSet<Integer> members) {
    if (!elementwise[candidate] || claimed[candidate]) {
      return false;
    }
    Value value = output(candidate);
    boolean alone = !outputs.contains(value.name()) && members.containsAll(users.get(value.name()));
    if (!alone || !value.type().equals(output(members.last()).type())) {
      return false;
    }
    var longer = new TreeSet<>(members);
    longer.add(candidate);
    return operands(longer).size() <= MOST_OPERANDS;
  }

  /** The values that stages read and none of them computes, in order of their use. */
  private LinkedHashMap<String, Value> operands(TreeSet<Integer> members) {
    var found = new LinkedHashMap<String, Value>();
    for (int member : members) {
      for (Value value : nodes.operands(stages.get(member))) {
        if (!members.contains(producers.getOrDefault(value.name(), -1))) {
          found.putIfAbsent(value.name(), value);
        }
      }
    }
    return found;
  }

  private Stage chain(TreeSet<Integer> members) {
    Stage last = stages.get(members.last());
    LinkedHashMap<String, Value> operands = operands(members);
    Map<String, Integer> numbers = new HashMap<>();
    operands.keySet().forEach(name -> numbers.put(name, numbers.size()));
    List<Operation> operations = new ArrayList<>();
    for (int member : members) {
      int next = operands.size() + operations.size();
      operations.addAll(
          nodes.operations(stages.get(member), next, value -> numbers.get(value.name())));
      numbers.put(output(member).name(), operands.size() + operations.size() - 1);
    }
    List<Operand> forms =
        operands.values().stream()
            .map(
                value -> ElementwiseNodes.broadcast(value, last.outputs().getFirst()).orElseThrow())
            .toList();
    var stage =
        new Stage(
            last.node(), List.copyOf(operands.values()), last.outputs(), Tail.none(), Order.FIRST);
    programs.put(stage, new ElementwiseProgram(forms, operations));
    return stage;
  }
}
