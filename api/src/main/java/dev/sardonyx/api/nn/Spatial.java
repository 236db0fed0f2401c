package dev.sardonyx.api.nn;

import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Inputs with one to three spatial axes behind the channels: length; rows; depth before rows. */
final class Spatial {
  private Spatial() {}

  /** The names of the axes as messages write them. */
  static String axes(int rank) {
    return switch (rank) {
      case 1 -> "L";
      case 2 -> "H, W";
      default -> "D, H, W";
    };
  }

  /** Demands [N, channels, spatial...] or [channels, spatial...]. Errors: SHAPE. */
  static void require(String layer, Tensor x, Object channels, int rank) {
    String single = channels + ", " + axes(rank);
    Arguments.requireShape(layer, "InChannels", x, "N, " + single, single);
  }

  /** PyTorch takes single images too; ONNX's operators want the dim of the batch. */
  static Tensor batched(Tensor x, int rank, UnaryOperator<Tensor> function) {
    return Arguments.hasRank(x, rank + 1)
        ? function.apply(x.unsqueeze(0)).squeeze(0)
        : function.apply(x);
  }

  /** What an operator says of its window is about the kernel of the layer or function. */
  static <T> T windowed(String layer, Supplier<T> function) {
    return Arguments.owned(layer, Map.of("Window", "kernelSize"), function);
  }

  /** A window with as much padding before as after each axis. */
  static Window window(
      int rank, IntTuple kernel, IntTuple stride, IntTuple dilation, IntTuple padding) {
    return Window.of(
        list(kernel, rank), list(stride, rank), list(dilation, rank), list(padding, rank));
  }

  /** A number for each axis. */
  static List<Integer> list(IntTuple tuple, int rank) {
    List<Integer> result = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      result.add(tuple.get(axis));
    }
    return result;
  }
}
