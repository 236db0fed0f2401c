package dev.sardonyx.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sardonyx.api.engine.Precision;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.runtime.engine.Graphs;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import dev.sardonyx.runtime.tune.Costs;
import dev.sardonyx.runtime.tune.Way;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WinogradRoutineTest {
  private static final int[] THREE = {3, 3};
  private static final int[] ONE = {1, 1};
  private static final Tail TAIL =
      Tail.none().withResidual(3).withActivation(new UnaryFunction.Relu());

  /** Of the output's scale: what was measured for tiles of 2 and of 4. */
  private static final double SMALL_ERROR = 2e-6;

  private static final double LARGE_ERROR = 1.5e-5;

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.plan.Spatial#kernels")
  void agreesWithTheDefinitionForTilesOfTwo(Kernels kernels) {
    check(kernels, 7, 16, 16, 3, 3, 1, 1, 1, 1, Way.WINOGRAD_2, SMALL_ERROR);
    check(kernels, 2, 17, 33, 7, 7, 1, 1, 1, 1, Way.WINOGRAD_2, SMALL_ERROR);
    check(kernels, 2, 260, 48, 7, 7, 1, 1, 1, 1, Way.WINOGRAD_2, SMALL_ERROR);
    check(kernels, 3, 33, 17, 7, 9, 0, 1, 2, 0, Way.WINOGRAD_2, SMALL_ERROR);
    check(kernels, 3, 300, 65, 5, 8, 1, 1, 1, 1, Way.WINOGRAD_2, SMALL_ERROR);
    check(kernels, 2, 70, 16, 11, 4, 3, 0, 0, 3, Way.WINOGRAD_2, SMALL_ERROR);
    check(kernels, 1, 96, 80, 14, 13, 1, 1, 1, 1, Way.WINOGRAD_2, SMALL_ERROR);
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.plan.Spatial#kernels")
  void agreesWithTheDefinitionForTilesOfFour(Kernels kernels) {
    check(kernels, 1, 16, 16, 14, 14, 1, 1, 1, 1, Way.WINOGRAD_4, LARGE_ERROR);
    check(kernels, 2, 33, 40, 13, 15, 1, 1, 1, 1, Way.WINOGRAD_4, LARGE_ERROR);
    check(kernels, 1, 65, 33, 18, 19, 0, 1, 2, 0, Way.WINOGRAD_4, LARGE_ERROR);
    check(kernels, 1, 260, 17, 13, 12, 1, 1, 1, 1, Way.WINOGRAD_4, LARGE_ERROR);
    check(kernels, 1, 16, 35, 56, 53, 2, 2, 2, 2, Way.WINOGRAD_4, LARGE_ERROR);
    check(kernels, 7, 16, 16, 3, 3, 1, 1, 1, 1, Way.WINOGRAD_4, LARGE_ERROR);
    check(kernels, 2, 17, 33, 7, 7, 1, 1, 1, 1, Way.WINOGRAD_4, LARGE_ERROR);
    check(kernels, 3, 33, 17, 5, 8, 1, 1, 1, 1, Way.WINOGRAD_4, LARGE_ERROR);
    check(kernels, 3, 40, 17, 7, 9, 0, 1, 2, 0, Way.WINOGRAD_4, LARGE_ERROR);
    check(kernels, 2, 70, 16, 11, 4, 3, 0, 0, 3, Way.WINOGRAD_4, LARGE_ERROR);
    check(kernels, 1, 64, 64, 8, 8, 1, 1, 1, 1, Way.WINOGRAD_4, LARGE_ERROR);
    check(kernels, 1, 64, 64, 4, 4, 1, 1, 1, 1, Way.WINOGRAD_4, LARGE_ERROR);
  }

  /** Choices by which a way is the cheapest, which must be there. */
  static Choices only(Way wanted) {
    Costs costs =
        (subject, ways, trial) -> {
          assertThat(ways).as(subject).contains(wanted);
          Map<Way, Double> all = new EnumMap<>(Way.class);
          ways.forEach(way -> all.put(way, way == wanted ? 1.0 : 2.0));
          return Optional.of(all);
        };
    return new Choices(true, true, Precision.FLOAT32, 1, Optional.of(costs));
  }

  private static void check(
      Kernels kernels,
      int batch,
      int in,
      int out,
      int height,
      int width,
      int top,
      int left,
      int bottom,
      int right,
      Way way,
      double error) {
    int[] pads = {top, left, bottom, right};
    long[] x = {batch, in, height, width};
    long[] w = {out, in, 3, 3};
    long[] y = {batch, out, height + top + bottom - 2, width + left + right - 2};
    var op = new Conv(Spatial.window(THREE, ONE, ONE, pads), 1);
    var c = ConvolutionRoutineTest.made(new Random(7), op, x, w, y, 1, ONE, ONE, pads, false);
    double scale = Arrays.stream(c.expected()).max().orElseThrow();
    var budget = new MemoryBudget(Long.MAX_VALUE);
    var net = new Graphs();
    String[] dims = Arrays.stream(x).mapToObj(Long::toString).toArray(String[]::new);
    var convolved = net.add(op, net.input("x", dims), net.constant("w", c.inputs().get(1)));
    try (Weights weights = Weights.pack(net.outputs(convolved), kernels, budget)) {
      float[] first =
          new Spatial.Way(kernels, Order.LAST, 1, weights, only(way)).run(op, c.inputs(), TAIL, y);
      for (int i = 0; i < first.length; i++) {
        assertThat((double) first[i])
            .as("%s at %d of %s", kernels.name(), i, Arrays.toString(y))
            .isCloseTo(c.expected()[i], within(scale * error));
      }
      float[] direct = new Spatial.Way(kernels, Order.LAST, 1).run(op, c.inputs(), TAIL, y);
      assertThat(first).as("another way of computing").isNotEqualTo(direct);
      for (int threads : new int[] {2, 3, 5}) {
        var shared = new Spatial.Way(kernels, Order.LAST, threads, weights, only(way));
        assertThat(shared.run(op, c.inputs(), TAIL, y)).isEqualTo(first);
      }
    }
    budget.require("all is given back", Long.MAX_VALUE);
  }
}
