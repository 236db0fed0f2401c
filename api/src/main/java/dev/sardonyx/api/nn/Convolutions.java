package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.AutoPad;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.ConvTranspose;
import dev.sardonyx.api.op.ConvolutionOp;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How PyTorch's convolutions are said in ONNX's operators; all options are checked ones. */
final class Convolutions {
  private Convolutions() {}

  static Tensor convolve(
      String name, Tensor x, Tensor weight, @Nullable Tensor bias, ConvOptions options, int rank) {
    IntTuple kernel = kernel(name, weight, rank);
    Spatial.require(name, x, weight.size(1).times(Dim.of(options.groups())), rank);
    List<ConvOptions.Side> sides = options.sides(kernel);
    Optional<PadMode> mode = options.paddingMode().padMode();
    Tensor padded = mode.map(given -> Pads.pad(name, x, pad(sides), given, 0)).orElse(x);
    List<Integer> pads =
        mode.isPresent()
            ? Collections.nCopies(2 * rank, 0)
            : Stream.concat(
                    sides.stream().map(ConvOptions.Side::before),
                    sides.stream().map(ConvOptions.Side::after))
                .toList();
    var window =
        new Window(
            kernel.numbers(),
            options.stride().numbers(),
            options.dilation().numbers(),
            pads,
            AutoPad.NOTSET,
            false);
    var op = new Conv(window, options.groups());
    return Spatial.windowed(
        name, () -> Spatial.batched(padded, rank, batch -> apply(op, batch, weight, bias)));
  }

  /** In the order of {@link Functional#pad}: the last axis first. */
  private static int[] pad(List<ConvOptions.Side> sides) {
    return sides.reversed().stream()
        .flatMapToInt(side -> IntStream.of(side.before(), side.after()))
        .toArray();
  }

  static Tensor transpose(
      String name,
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      ConvTransposeOptions options,
      int rank) {
    IntTuple kernel = kernel(name, weight, rank);
    Spatial.require(name, x, weight.size(0), rank);
    Window window =
        Spatial.window(rank, kernel, options.stride(), options.dilation(), options.padding());
    var op = new ConvTranspose(window, options.groups(), options.outputPadding().numbers());
    return Spatial.windowed(
        name, () -> Spatial.batched(x, rank, batch -> apply(op, batch, weight, bias)));
  }

  private static Tensor apply(ConvolutionOp op, Tensor x, Tensor weight, @Nullable Tensor bias) {
    return Operations.applyAll(op, Products.inputs(x, weight, bias)).getFirst();
  }

  private static IntTuple kernel(String name, Tensor weight, int rank) {
    Arguments.requireShape(
        name + " weight",
        "Weight",
        weight,
        "channels, channels / groups, k" + ", k".repeat(rank - 1));
    List<Integer> sizes = new ArrayList<>();
    for (int axis = 2; axis < rank + 2; axis++) {
      sizes.add(Math.toIntExact(weight.size(axis).fixed()));
    }
    return new IntTuple(sizes, false);
  }

  /** The outputPadding that gives a size. Source: torch _ConvTransposeNd._output_padding. */
  static IntTuple outputPadding(
      String name, Tensor x, IntTuple kernel, ConvTransposeOptions options, IntTuple outputSize) {
    int rank = kernel.numbers().size();
    IntTuple sizes = outputSize.expanded(name, "outputSize", rank);
    List<Integer> result = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      Dim dim = x.size(axis - rank);
      if (!dim.isFixed()) {
        throw new SardonyxException(
            ErrorCode.SHAPE,
            name + " with outputSize expects known spatial dims, found " + x.type());
      }
      long extent = options.dilation().get(axis) * (kernel.get(axis) - 1L) + 1;
      long least =
          (dim.fixed() - 1) * options.stride().get(axis)
              - 2L * options.padding().get(axis)
              + extent;
      long most = least + options.stride().get(axis) - 1;
      boolean law = sizes.get(axis) >= least && sizes.get(axis) <= most;
      String expected = "between " + least + " and " + most + " on spatial axis " + axis;
      Arguments.require(law, name, "outputSize", expected, outputSize);
      result.add(Math.toIntExact(sizes.get(axis) - least));
    }
    return new IntTuple(result, false);
  }
}
