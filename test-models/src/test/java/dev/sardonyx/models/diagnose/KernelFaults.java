package dev.sardonyx.models.diagnose;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import dev.sardonyx.runtime.kernel.WindowSweep;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;

/** Kernels that err in some elements, for some values, or from the second run on. */
final class KernelFaults {
  private static final int LANES = 8;

  private KernelFaults() {}

  static List<PlantedFault> list() {
    Graph net = SmallGraphs.classifier();
    return List.of(
        of("the first sum of a product is off by a half", net, firstOfProducts(), "conv_1"),
        of(
            "the last mean of a pool is that of the window before",
            net,
            lastOfPool(),
            "averagepool_1"),
        of("a loop in vectors leaves out what no whole vector holds", net, noTail(), "tanh_1"),
        of("tanh is 1 from 1.5 on", net, earlySaturation(), "tanh_1"));
  }

  private static PlantedFault of(String name, Graph graph, Kernels kernels, String node) {
    return PlantedFault.ofKernels(name, graph, Map.of(), kernels, node);
  }

  private static Kernels firstOfProducts() {
    return BrokenKernels.after(
        "multiply",
        arguments -> {
          if (arguments[0] instanceof Product product) {
            add(product.c(), 0, 0.5f);
          }
        });
  }

  private static Kernels lastOfPool() {
    return BrokenKernels.after(
        "sweep",
        arguments -> {
          var sweep = (WindowSweep) arguments[0];
          MemorySegment y = sweep.y();
          long last = (long) sweep.lines() * sweep.outWidth() * sweep.channels() - 1;
          set(y, last, get(y, last - sweep.channels()));
        });
  }

  private static Kernels noTail() {
    return BrokenKernels.with(
        "unary",
        (arguments, sound) -> {
          var call = UnaryCall.of(arguments);
          float[] rest = call.function() instanceof UnaryFunction.Tanh ? call.tail() : new float[0];
          sound.run();
          for (int i = 0; i < rest.length; i++) {
            set(call.y(), call.yOffset() + call.elements() - rest.length + i, rest[i]);
          }
        });
  }

  private static Kernels earlySaturation() {
    return BrokenKernels.after(
        "unary",
        arguments -> {
          var call = UnaryCall.of(arguments);
          boolean tanh = call.function() instanceof UnaryFunction.Tanh;
          for (long i = call.yOffset(); tanh && i < call.yOffset() + call.elements(); i++) {
            float value = get(call.y(), i);
            set(call.y(), i, Math.abs(value) > Math.tanh(1.5) ? Math.signum(value) : value);
          }
        });
  }

  /** The arguments of {@link Kernels#unary}. */
  private record UnaryCall(
      UnaryFunction function,
      MemorySegment x,
      long xOffset,
      MemorySegment y,
      long yOffset,
      long elements) {
    static UnaryCall of(Object[] arguments) {
      return new UnaryCall(
          (UnaryFunction) arguments[0],
          (MemorySegment) arguments[1],
          (long) arguments[2],
          (MemorySegment) arguments[3],
          (long) arguments[4],
          (long) arguments[5]);
    }

    /** What of x no whole vector holds; y may lie in its place afterwards. */
    float[] tail() {
      float[] tail = new float[(int) (elements % LANES)];
      for (int i = 0; i < tail.length; i++) {
        tail[i] = get(x, xOffset + elements - tail.length + i);
      }
      return tail;
    }
  }

  /**
   * Sums that are added to what the memory holds, which is zero in a session's first run only. No
   * node shows this by itself; see {@link PlantedFaultsTest}.
   */
  static Kernels onTopOfEarlierRuns() {
    return BrokenKernels.with(
        "multiply",
        (arguments, sound) -> {
          if (arguments[0] instanceof Product product) {
            float before = get(product.c(), (long) arguments[3]);
            sound.run();
            add(product.c(), (long) arguments[3], before);
          } else {
            sound.run();
          }
        });
  }

  private static float get(MemorySegment segment, long index) {
    return segment.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, index);
  }

  private static void set(MemorySegment segment, long index, float value) {
    segment.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, index, value);
  }

  private static void add(MemorySegment segment, long index, float value) {
    set(segment, index, get(segment, index) + value);
  }
}
