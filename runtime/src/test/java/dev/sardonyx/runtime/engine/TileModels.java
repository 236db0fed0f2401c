package dev.sardonyx.runtime.engine;

import static dev.sardonyx.runtime.engine.Operators.random;

import dev.sardonyx.api.engine.Precision;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.machine.MachineKernels;
import dev.sardonyx.runtime.machine.EmulatedTiles;
import dev.sardonyx.runtime.machine.Processor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Runs small models with tiles, in a JVM that has them: prints what is wrong, and ends with 1. */
final class TileModels {
  /** What results lie off at least and at most, relative to the largest. */
  private record Errors(double least, double most) {}

  private static final Map<Precision, Errors> ERRORS =
      Map.of(
          Precision.FLOAT32, new Errors(0, 1.5e-6),
          Precision.FAST, new Errors(1e-6, 2e-5),
          Precision.BF16, new Errors(5e-4, 2e-2));

  private final Kernels scalar = Kernels.scalar(MachineKernels.WIDTH);
  private final Kernels without = new MachineKernels(() -> scalar);
  private final Kernels tiles = MachineKernels.of(EmulatedTiles.processor(), () -> scalar);
  private int wrong;

  private TileModels() {}

  /** The program. */
  public static void main(String[] arguments) {
    System.out.println(Processor.current().features());
    var models = new TileModels();
    models.products();
    models.convolutions();
    models.weights(Float.POSITIVE_INFINITY);
    System.out.println(models.wrong + " wrong");
    System.exit(models.wrong == 0 ? 0 : 1);
  }

  private static Graph twoProducts() {
    var net = new Graphs();
    var x = net.input("x", "N", "96");
    var hidden = net.add(new MatMul(), x, net.constant("w", random(1, 96, 160)));
    var sum = net.add(new BinaryOp.Add(), hidden, net.constant("b", random(2, 160)));
    var relu = net.add(new UnaryOp.Relu(), sum);
    var last = net.constant("c", random(4, 100));
    return net.outputs(
        net.add(new Gemm(1, 1, false, false), relu, net.constant("v", random(3, 160, 100)), last));
  }

  private void products() {
    Graph graph = twoProducts();
    for (Precision precision : Precision.values()) {
      compare("products", graph, random(5, 40, 96), precision);
    }
    // Fewer rows than pay have the bits that they have without tiles.
    float[] few = run(tiles, graph, random(6, 3, 96), Precision.BF16, 1);
    check(Arrays.equals(few, run(without, graph, random(6, 3, 96), Precision.FLOAT32, 1)), "few");
    // A row with an infinity is computed as without tiles, the others stay.
    float[] rows = random(7, 40, 96).floats();
    float[] before = run(tiles, graph, Tensor.of(rows, 40, 96), Precision.FLOAT32, 1);
    rows[3 * 96 + 5] = Float.POSITIVE_INFINITY;
    float[] after = run(tiles, graph, Tensor.of(rows, 40, 96), Precision.FLOAT32, 1);
    float[] plain = run(without, graph, Tensor.of(rows, 40, 96), Precision.FLOAT32, 1);
    for (int row = 0; row < 40; row++) {
      float[] expected = row == 3 ? plain : before;
      check(
          Arrays.equals(after, 100 * row, 100 * row + 100, expected, 100 * row, 100 * row + 100),
          "row " + row);
    }
  }

  private void convolutions() {
    var net = new Graphs();
    var x = net.input("x", "2", "40", "9", "9");
    List<Integer> ones = List.of(1, 1);
    Window window = Window.of(List.of(3, 3), List.of(2, 2), ones, ones);
    var filter = net.constant("w", random(8, 128, 40, 3, 3));
    var y = net.add(new Conv(window, 1), x, filter, net.constant("b", random(9, 128)));
    Graph graph = net.outputs(net.add(new UnaryOp.Relu(), y));
    for (Precision precision : Precision.values()) {
      compare("convolution", graph, random(10, 2, 40, 9, 9), precision);
    }
  }

  /** Weights that have no parts are multiplied as they are. */
  private void weights(float value) {
    float[] second = random(3, 160, 100).floats();
    second[77] = value;
    var net = new Graphs();
    var x = net.input("x", "40", "160");
    var w = net.constant("w", Tensor.of(second, 160, 100));
    Graph graph = net.outputs(net.add(new MatMul(), x, w));
    Tensor given = random(11, 40, 160);
    float[] found = run(tiles, graph, given, Precision.BF16, 1);
    check(Arrays.equals(found, run(without, graph, given, Precision.FLOAT32, 1)), "weights");
  }

  private void compare(String what, Graph graph, Tensor x, Precision precision) {
    float[] expected = run(scalar, graph, x, Precision.FLOAT32, 1);
    float[] found = run(tiles, graph, x, precision, 1);
    double largest = 0;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      worst = Math.max(worst, Math.abs(found[i] - expected[i]));
    }
    double error = worst / largest;
    System.out.printf("%s, %s: %.2g%n", what, precision, error);
    Errors errors = Objects.requireNonNull(ERRORS.get(precision));
    check(error >= errors.least() && error <= errors.most(), what + ", " + precision);
    boolean used = !Arrays.equals(found, run(without, graph, x, precision, 1));
    check(used, what + " without tiles, " + precision);
    check(Arrays.equals(found, run(tiles, graph, x, precision, 2)), what + " by two threads");
  }

  private static float[] run(Kernels kernels, Graph graph, Tensor x, Precision by, int threads) {
    SessionOptions options = SessionOptions.defaults().threads(threads).precision(by);
    try (Session session = new NativeEngine(kernels).open(graph, options)) {
      return session.run(x).floats();
    }
  }

  private void check(boolean holds, String what) {
    if (!holds) {
      System.out.println("wrong: " + what);
      wrong++;
    }
  }
}
