package dev.sardonyx.runtime.report;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a drawing of a graph connects: its inputs, its nodes, its outputs, numbered in this order,
 * so that every connection leads from a smaller number to a greater one.
 *
 * @param inputs how many of them are inputs
 * @param constants whether one depends on no input
 * @param next where the values of each go, each place once
 */
record Points(int inputs, int nodes, int outputs, boolean[] constants, int[][] next) {

  static Points of(Graph graph) {
    Map<String, Integer> makers = new HashMap<>();
    int inputs = 0;
    for (Value input : graph.inputs()) {
      makers.put(input.name(), inputs++);
    }
    int size = inputs + graph.nodes().size() + graph.outputs().size();
    List<List<Integer>> next = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      next.add(new ArrayList<>(2));
    }
    var constants = new boolean[size];
    int at = inputs;
    for (Node node : graph.nodes()) {
      constants[at] = connect(node.inputs(), makers, at, next, constants);
      for (Value output : node.outputs()) {
        makers.put(output.name(), at);
      }
      at++;
    }
    for (Value output : graph.outputs()) {
      connect(List.of(output), makers, at++, next, constants);
    }
    return new Points(
        inputs,
        graph.nodes().size(),
        graph.outputs().size(),
        constants,
        next.stream()
            .map(places -> places.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new));
  }

  /** Whether all that comes in is constant. */
  private static boolean connect(
      List<Value> values,
      Map<String, Integer> makers,
      int to,
      List<List<Integer>> next,
      boolean[] constants) {
    boolean constant = true;
    for (Value value : values) {
      Integer from = makers.get(value.name());
      if (from == null || !value.isPresent()) {
        continue; // an initializer
      }
      constant &= constants[from];
      List<Integer> places = next.get(from);
      if (places.isEmpty() || places.getLast() != to) {
        places.add(to);
      }
    }
    return constant;
  }

  int size() {
    return next.length;
  }

  /**
   * The layer of each: one below the lowest that it needs; inputs and constants just above the
   * first that needs them.
   */
  int[] layers() {
    var layers = new int[size()];
    for (int from = 0; from < size(); from++) {
      for (int to : next[from]) {
        layers[to] = Math.max(layers[to], layers[from] + 1);
      }
    }
    for (int from = size() - 1; from >= 0; from--) {
      if (next[from].length > 0 && (from < inputs || constants[from])) {
        int lowest = Integer.MAX_VALUE;
        for (int to : next[from]) {
          lowest = Math.min(lowest, layers[to] - 1);
        }
        layers[from] = lowest;
      }
    }
    return layers;
  }

  /**
   * How many layers lower each could be without making the drawing longer; what is constant is on
   * no way from input to output, and could be anywhere.
   */
  int[] slack(int[] layers) {
    var lowest = new int[size()];
    Arrays.fill(lowest, Arrays.stream(layers).max().orElse(0));
    for (int from = size() - 1; from >= 0; from--) {
      for (int to : next[from]) {
        lowest[from] = Math.min(lowest[from], lowest[to] - 1);
      }
    }
    for (int i = 0; i < size(); i++) {
      lowest[i] = constants[i] ? size() : lowest[i] - layers[i];
    }
    return lowest;
  }
}
