package dev.sardonyx.runtime.engine;

import static dev.sardonyx.runtime.engine.Operators.random;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.MatMul;
import dev.sardonyx.api.op.Recurrence;
import dev.sardonyx.api.op.RecurrentOp;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.machine.MachineKernels;
import dev.sardonyx.runtime.machine.EmulatedTiles;
import dev.sardonyx.runtime.machine.Processor;
import dev.sardonyx.runtime.plan.StepClock;
import dev.sardonyx.runtime.tune.Decision;
import dev.sardonyx.runtime.tune.TuningFile;
import dev.sardonyx.runtime.tune.Way;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Chooses between tiles and floats for products, in a JVM that has tiles: prints what is wrong, and
 * ends with 1. The argument is an empty folder.
 */
final class TileWays {
  private static final String SMALL = "MatMul 40x64x32 parts 3";
  private static final String LARGE = "Gemm 40x64x320 parts 3";
  private static final String LAYER = "LSTM 40x64x512 2 times with 2 weights parts 3";
  private static final String TINY = "MatMul 40x64x8 parts 3";
  private static final List<String> OUTPUTS = List.of(SMALL, LARGE, LAYER, TINY);

  private final Kernels scalar = Kernels.scalar(MachineKernels.WIDTH);
  private final Kernels without = new MachineKernels(() -> scalar);
  private final Kernels tiles = MachineKernels.of(EmulatedTiles.processor(), () -> scalar);
  private final SessionOptions options = SessionOptions.defaults().threads(1);
  private final Path folder;
  private final Graph graph = graph();
  private int wrong;

  private TileWays(Path folder) {
    this.folder = folder;
  }

  /** The program. */
  public static void main(String[] arguments) {
    System.out.println(Processor.current().features());
    var ways = new TileWays(Path.of(arguments[0]));
    ways.run();
    System.out.println(ways.wrong + " wrong");
    System.exit(ways.wrong == 0 ? 0 : 1);
  }

  private static Graph graph() {
    var net = new Graphs();
    var x = net.input("x", "40", "64");
    var sequence = net.input("s", "20", "2", "64");
    var small = net.add(new MatMul(), x, net.constant("v", random(1, 64, 32)));
    var large =
        net.add(
            new Gemm(1, 1, false, true),
            x,
            net.constant("w", random(2, 320, 64)),
            net.constant("b", random(3, 320)));
    var both = Recurrence.of(128, Recurrence.Direction.BIDIRECTIONAL);
    var layer =
        net.add(
            new RecurrentOp.LSTM(both, false),
            sequence,
            net.constant("i", random(4, 2, 512, 64)),
            net.constant("r", random(5, 2, 512, 128)));
    var tiny = net.add(new MatMul(), x, net.constant("u", random(6, 64, 8)));
    return net.outputs(small, large, layer, tiny);
  }

  /** What a session computes, and why so, by the node; {@link #OUTPUTS} in both. */
  private record Ran(Map<String, Tensor> outputs, Map<String, Optional<Decision>> decisions) {
    Optional<Decision> decision(String node) {
      return Objects.requireNonNull(decisions.get(node));
    }

    float[] output(String node) {
      return Objects.requireNonNull(outputs.get(node)).floats();
    }

    Optional<Way> way(String node) {
      return decision(node).map(Decision::way);
    }
  }

  private Ran run(Kernels kernels, SessionOptions by) {
    var clock = new StepClock();
    Map<String, Tensor> given = Map.of("x", random(7, 40, 64), "s", random(8, 20, 2, 64));
    try (Session session = new NativeEngine(kernels).timedBy(clock).open(graph, by)) {
      List<Tensor> all = List.copyOf(session.run(given).values());
      Map<String, Tensor> outputs = new HashMap<>();
      Map<String, Optional<Decision>> decisions = new HashMap<>();
      for (int i = 0; i < OUTPUTS.size(); i++) {
        outputs.put(OUTPUTS.get(i), all.get(i));
        decisions.put(OUTPUTS.get(i), clock.entries().get(i).decision());
      }
      return new Ran(outputs, decisions);
    }
  }

  private void run() {
    Ran floats = run(without, options);
    OUTPUTS.forEach(node -> check(floats.decision(node).isEmpty(), node + " without tiles"));

    Ran model = run(tiles, options);
    check(model.way(SMALL).equals(Optional.of(Way.PRODUCTS)), "small by the model");
    check(model.way(LARGE).equals(Optional.of(Way.TILES)), "large by the model");
    check(model.way(LAYER).equals(Optional.of(Way.TILES)), "layer by the model");
    check(model.decision(TINY).isEmpty(), "tiles are tried for what is tiny");
    agrees(model, floats);

    Ran tuned = run(tiles, options.tunedIn(folder));
    TuningFile file = Tuning.file(folder, tiles, 1);
    for (String node : List.of(SMALL, LARGE, LAYER)) {
      Decision decision = tuned.decision(node).orElseThrow();
      check(decision.measured(), node + " is measured");
      check(decision.nanos().equals(file.read().get(node)), node + " is kept");
    }
    agrees(tuned, floats);
    check(run(tiles, options.tunedIn(folder)).decisions().equals(tuned.decisions()), "read back");

    Path other = folder.resolve("other");
    Map<String, Map<Way, Double>> reversed =
        Map.of(
            SMALL, Map.of(Way.PRODUCTS, 8.0, Way.TILES, 7.0),
            LARGE, Map.of(Way.PRODUCTS, 7.0, Way.TILES, 8.0),
            LAYER, Map.of(Way.PRODUCTS, 7.0, Way.TILES, 8.0));
    Tuning.file(other, tiles, 1).add(reversed);
    Ran obeyed = run(tiles, options.tunedIn(other));
    reversed.forEach(
        (node, costs) ->
            check(obeyed.decision(node).equals(Optional.of(Decision.cheapest(true, costs))), node));
    agrees(obeyed, floats);
  }

  /** Whether those outputs have the bits of floats that are computed so, and the others nearly. */
  private void agrees(Ran ran, Ran floats) {
    for (String node : OUTPUTS) {
      float[] found = ran.output(node);
      float[] expected = floats.output(node);
      boolean byTiles = ran.way(node).equals(Optional.of(Way.TILES));
      check(Arrays.equals(found, expected) != byTiles, node + " is computed as it is said");
      for (int i = 0; i < found.length; i++) {
        check(Math.abs(found[i] - expected[i]) < 1e-4, node + " has an error");
      }
    }
  }

  private void check(boolean holds, String what) {
    if (!holds) {
      System.out.println("wrong: " + what);
      wrong++;
    }
  }
}
