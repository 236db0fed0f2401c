package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Conv;
import dev.sardonyx.api.op.Gemm;
import dev.sardonyx.api.op.Window;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How sums of products are said in ONNX's operators. */
final class Products {
  private static final Gemm TIMES_TRANSPOSED = new Gemm(1f, 1f, false, true);

  private Products() {}

  static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
    Arguments.requireShape("linear", weight, "out_features, in_features");
    requireFeatures("linear", x, weight.size(1));
    if (x.rank() == 2) {
      return Operations.applyAll(TIMES_TRANSPOSED, inputs(x, weight, bias)).getFirst();
    }
    Tensor product = x.matmul(weight.transpose(0, 1));
    return bias == null ? product : product.add(bias);
  }

  static void requireFeatures(String layer, Tensor x, Dim features) {
    if (x.rank() == 0 || x.size(-1).differsFrom(features)) {
      throw new SardonyxException(
          ErrorCode.SHAPE, layer + " expects [..., " + features + "], found " + x.type());
    }
  }

  static Tensor conv2d(Tensor x, Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    Arguments.requireShape("conv2d", weight, "out_channels, in_channels / groups, kH, kW");
    Dim channels = weight.size(1).times(Dim.of(options.groups()));
    Arguments.requireShape("conv2d", x, "N, " + channels + ", H, W", channels + ", H, W");
    if (x.rank() == 3) {
      return conv2d(x.unsqueeze(0), weight, bias, options).squeeze(0);
    }
    var window =
        Window.of(
            List.of(size(weight, 2), size(weight, 3)),
            Pooling.list(options.stride()),
            Pooling.list(options.dilation()),
            Pooling.list(options.padding()));
    var op = new Conv(window, options.groups());
    return Operations.applyAll(op, inputs(x, weight, bias)).getFirst();
  }

  private static int size(Tensor weight, int axis) {
    return Math.toIntExact(weight.size(axis).fixed());
  }

  private static List<Optional<Tensor>> inputs(Tensor x, Tensor weight, @Nullable Tensor bias) {
    List<Optional<Tensor>> inputs = new ArrayList<>(List.of(Optional.of(x), Optional.of(weight)));
    if (bias != null) {
      inputs.add(Optional.of(bias));
    }
    return inputs;
  }
}
