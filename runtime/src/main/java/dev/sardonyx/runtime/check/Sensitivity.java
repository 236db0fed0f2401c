package dev.sardonyx.runtime.check;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.diagnose.RandomValues;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * How far the outputs of a model move with its inputs. Where they hardly do, engines agree on them
 * whatever they compute on the way: deep networks average white noise away, say.
 */
final class Sensitivity {
  /** How far floats are moved, as a part of their root mean square. */
  private static final double MOVE = 0.01;

  /** Outputs that move less than this when inputs are drawn anew hardly depend on them. */
  private static final double HARDLY = 1e-3;

  private static final int MOST_TOLD = 4;

  private final Graph graph;
  private final UnaryOperator<Map<String, Data>> run;
  private final Map<String, Data> outputs;

  /**
   * Of one engine.
   *
   * @param outputs what it gives for the inputs of the check
   */
  Sensitivity(Graph graph, UnaryOperator<Map<String, Data>> run, Map<String, Data> outputs) {
    this.graph = graph;
    this.run = run;
    this.outputs = outputs;
  }

  /**
   * What is to be told; nothing where no input has floats and none was drawn.
   *
   * @param redrawn other inputs of the same kind
   */
  List<String> notes(Map<String, Data> inputs, Optional<Map<String, Data>> redrawn) {
    try {
      Map<String, Double> small = moved(inputs).map(this::moves).orElseGet(Map::of);
      Map<String, Double> large =
          redrawn.filter(others -> !isSame(inputs, others)).map(this::moves).orElseGet(Map::of);
      List<String> notes = new ArrayList<>();
      if (!small.isEmpty()) {
        notes.add(told("floats of the inputs are moved by 1 %", small));
      }
      if (!large.isEmpty()) {
        notes.add(told("inputs are drawn anew", large));
      }
      large.forEach(
          (name, move) -> {
            if (move < HARDLY) {
              notes.add(
                  "output '%s' hardly depends on the inputs (moves by %.1e when they are drawn anew): agreement on it says little; try other --inputs, or real data"
                      .formatted(name, move));
            }
          });
      return notes;
    } catch (SardonyxException refused) {
      return List.of("how far outputs move with inputs is not known: " + refused.getMessage());
    }
  }

  private static String told(String when, Map<String, Double> moves) {
    String words =
        moves.entrySet().stream()
            .limit(MOST_TOLD)
            .map(move -> move.getKey() + " by %.1e".formatted(move.getValue()))
            .collect(Collectors.joining(", "));
    int more = Math.max(0, moves.size() - MOST_TOLD);
    return "when %s, outputs move (relative L2): %s%s"
        .formatted(when, words, more > 0 ? ", and " + more + " more" : "");
  }

  /** Whether nothing was random, as with ones. */
  private static boolean isSame(Map<String, Data> inputs, Map<String, Data> others) {
    return inputs.entrySet().stream()
        .allMatch(
            input ->
                input.getValue() instanceof Tensor tensor
                    && others.get(input.getKey()) instanceof Tensor other
                    && tensor.dense().isSameAs(other.dense()));
  }

  /** The inputs with noise on their floats; empty where there are none. */
  private static Optional<Map<String, Data>> moved(Map<String, Data> inputs) {
    Map<String, Data> moved = new LinkedHashMap<>();
    var random = new SplittableRandom(0);
    boolean any = false;
    for (Map.Entry<String, Data> input : inputs.entrySet()) {
      boolean floats = input.getValue() instanceof Tensor tensor && tensor.dtype().isFloat();
      any |= floats;
      moved.put(
          input.getKey(),
          floats ? moved(((Tensor) input.getValue()).dense(), random) : input.getValue());
    }
    return any ? Optional.of(moved) : Optional.empty();
  }

  private static DenseTensor moved(DenseTensor tensor, SplittableRandom random) {
    DenseTensor wide = tensor.convert(DType.FLOAT64);
    double squares = 0;
    for (long i = 0; i < wide.elements(); i++) {
      double value = wide.doubleAt(i);
      squares += Double.isFinite(value) ? value * value : 0;
    }
    double step = MOVE * Math.sqrt(squares / Math.max(1, wide.elements()));
    MemorySegment data = DenseTensor.allocate(DType.FLOAT64, wide.shape());
    for (long i = 0; i < wide.elements(); i++) {
      data.set(JAVA_DOUBLE, Double.BYTES * i, wide.doubleAt(i) + step * random.nextGaussian());
    }
    return DenseTensor.view(DType.FLOAT64, wide.shape(), data).convert(tensor.dtype());
  }

  /** How far each output of numbers moves; one that gets another shape is left out. */
  private Map<String, Double> moves(Map<String, Data> inputs) {
    Map<String, Data> found = run.apply(inputs);
    var random = RandomValues.of(graph);
    Map<String, Double> moves = new LinkedHashMap<>();
    for (String name : graph.outputs().stream().map(Value::name).distinct().toList()) {
      if (!random.contains(name)
          && outputs.get(name) instanceof Tensor before
          && found.get(name) instanceof Tensor after
          && before.dtype().isReal()
          && before.shape().equals(after.shape())) {
        moves.put(name, distance(after.dense(), before.dense()));
      }
    }
    return moves;
  }

  private static double distance(DenseTensor after, DenseTensor before) {
    double squares = 0;
    double all = 0;
    for (long i = 0; i < before.elements(); i++) {
      double value = before.doubleAt(i);
      double off = after.doubleAt(i) - value;
      if (Double.isFinite(off)) {
        squares += off * off;
        all += value * value;
      }
    }
    return squares == 0 ? 0 : Math.sqrt(squares / Math.max(all, Double.MIN_NORMAL));
  }
}
