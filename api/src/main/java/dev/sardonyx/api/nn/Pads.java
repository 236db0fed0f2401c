package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.Mismatch;
import dev.sardonyx.api.op.Pad;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Padding in PyTorch's order: before and after the last dim, then those of the dim before it. */
final class Pads {
  private Pads() {}

  static Tensor pad(String name, Tensor x, int[] pad, PadMode mode, double value) {
    int dims = pad.length / 2;
    Arguments.require(
        pad.length % 2 == 0, name, "pad", "two numbers for each dim", Arrays.toString(pad));
    boolean known = x.shape().isKnown();
    if (known && dims > x.rank()) {
      String words = name + " of " + dims + " dims expects as many or more, found " + x.type();
      throw Arguments.rankError(name, dims + " dims or more", x, words);
    }
    long[] pads = new long[2 * dims];
    long[] axes = new long[dims];
    for (int i = 0; i < dims; i++) {
      int axis = known ? x.rank() - dims + i : i - dims;
      axes[i] = axis;
      pads[i] = pad[2 * (dims - 1 - i)];
      pads[dims + i] = pad[2 * (dims - 1 - i) + 1];
      requireFits(name, x, axis, Math.max(pads[i], pads[dims + i]), mode);
    }
    Tensor amounts = Tensor.of(pads, pads.length);
    Tensor along = Tensor.of(axes, axes.length);
    // Without a value ONNX pads with zeros of any element type.
    Optional<Tensor> element = value == 0 ? Optional.empty() : Optional.of(x.newScalar(value));
    return Operations.applyAll(
            new Pad(mode.operatorMode()),
            List.of(Optional.of(x), Optional.of(amounts), element, Optional.of(along)))
        .getFirst();
  }

  /** Source: torch.nn.functional.pad, which takes no more than the tensor itself holds. */
  private static void requireFits(String name, Tensor x, int axis, long most, PadMode mode) {
    Dim size = x.size(axis);
    long room =
        switch (mode) {
          case CONSTANT, REPLICATE -> Long.MAX_VALUE;
          case REFLECT -> size.isFixed() ? size.fixed() - 1 : Long.MAX_VALUE;
          case CIRCULAR -> size.isFixed() ? size.fixed() : Long.MAX_VALUE;
        };
    if (most > room) {
      throw Mismatch.of("Pad", name, room + " at most", most)
          .withType(x.type())
          .error(
              "%s: padding of mode %s must be at most %d at dim %d of %s, found %d"
                  .formatted(name, mode, room, axis, x.type(), most));
    }
  }
}
