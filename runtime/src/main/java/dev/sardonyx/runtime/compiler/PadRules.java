package dev.sardonyx.runtime.compiler;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.AutoPad;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Pad;
import dev.sardonyx.api.op.PoolOp.AveragePool;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.DenseTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Zeros around the spatial axes, which a window can put there itself. */
final class PadRules {
  private static final int VALUE = 2;

  private PadRules() {}

  /** The pass that moves them. */
  static Pass pass() {
    return new RulePass("fold-pads", PadRules::padded);
  }

  /** A pool whose own pads do not count gives other means. */
  private static Optional<Value> padded(Node node, Rewriting graph) {
    return switch (node.op()) {
      case Conv op ->
          padded(node, op.window(), graph)
              .map(found -> add(node, new Conv(found.window(), op.group()), found, graph));
      case AveragePool op when op.countIncludePad() || hasNoPads(op.window()) ->
          op.window().ceilMode()
              ? Optional.empty()
              : padded(node, op.window(), graph)
                  .map(found -> add(node, new AveragePool(found.window(), true), found, graph));
      default -> Optional.empty();
    };
  }

  private static boolean hasNoPads(Window window) {
    return window.pads().stream().allMatch(pad -> pad == 0);
  }

  private static Value add(Node node, Op op, Padded found, Rewriting graph) {
    List<Value> inputs = new ArrayList<>(node.inputs());
    inputs.set(0, found.x());
    return graph.add(node, op, inputs);
  }

  /** What is padded, and the window that pads it. */
  private record Padded(Value x, Window window) {}

  private static Optional<Padded> padded(Node node, Window window, Rewriting graph) {
    Optional<Node> pad =
        graph
            .inner(node.inputs().getFirst(), Pad.class)
            .filter(found -> found.op().equals(new Pad(Pad.Mode.CONSTANT)))
            .filter(found -> isZero(found, graph))
            .filter(_ -> window.autoPad() == AutoPad.NOTSET);
    return pad.flatMap(found -> graph.constant(found.inputs().get(1)))
        .flatMap(pads -> added(window, pads))
        .map(wider -> new Padded(pad.get().inputs().getFirst(), wider));
  }

  private static boolean isZero(Node pad, Rewriting graph) {
    boolean hasAxes = pad.inputs().size() > VALUE + 1 && pad.inputs().get(VALUE + 1).isPresent();
    boolean hasValue = pad.inputs().size() > VALUE && pad.inputs().get(VALUE).isPresent();
    return !hasAxes
        && Terms.isFloat32(pad.output().type())
        && (!hasValue
            || graph
                .constant(pad.inputs().get(VALUE))
                .filter(value -> Terms.isAll(value, 0))
                .isPresent());
  }

  /** A window with more pads, where only spatial axes have some and none is cut. */
  private static Optional<Window> added(Window window, DenseTensor pads) {
    int rank = window.rank() + 2;
    long[] given = pads.longs();
    boolean spatial =
        given.length == 2 * rank
            && IntStream.of(0, 1, rank, rank + 1).allMatch(i -> given[i] == 0)
            && IntStream.range(0, given.length)
                .allMatch(i -> given[i] >= 0 && given[i] <= Short.MAX_VALUE);
    if (!spatial) {
      return Optional.empty();
    }
    List<Integer> sums = new ArrayList<>();
    for (int side = 0; side < 2; side++) {
      for (int axis = 0; axis < window.rank(); axis++) {
        int own = window.pads().get(side * window.rank() + axis);
        sums.add(own + (int) given[side * rank + 2 + axis]);
      }
    }
    return Optional.of(
        new Window(
            window.kernel(),
            window.strides(),
            window.dilations(),
            sums,
            window.autoPad(),
            window.ceilMode()));
  }
}
