package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.Mismatch;
import dev.sardonyx.api.op.Gemm;
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
    Arguments.requireShape("linear", "Weight", weight, "out_features, in_features");
    requireFeatures("linear", "InFeatures", x, weight.size(1));
    if (Arguments.hasRank(x, 2)) {
      return Operations.applyAll(TIMES_TRANSPOSED, inputs(x, weight, bias)).getFirst();
    }
    Tensor product = x.matmul(weight.transpose(0, 1));
    return bias == null ? product : product.add(bias);
  }

  static void requireFeatures(String layer, String law, Tensor x, Dim features) {
    String expected = "[..., " + features + "]";
    String words = layer + " expects " + expected + ", found " + x.type();
    if (Arguments.hasRank(x, 0)) {
      throw Arguments.rankError(layer, expected, x, words);
    }
    if (x.size(-1).differsFrom(features)) {
      throw Arguments.sizeError(layer, law, features, x, x.rank() - 1, words);
    }
  }

  /** The weights as one matrix make of x1 a matrix for each sample, which is multiplied by x2. */
  static Tensor bilinear(Tensor x1, Tensor x2, Tensor weight, @Nullable Tensor bias) {
    Arguments.requireShape(
        "bilinear", "Weight", weight, "out_features, in1_features, in2_features");
    requireFeatures("bilinear", "In1Features", x1, weight.size(1));
    requireFeatures("bilinear", "In2Features", x2, weight.size(2));
    boolean alike = x1.rank() == x2.rank();
    for (int axis = 0; alike && axis < x1.rank() - 1; axis++) {
      alike = !x1.size(axis).differsFrom(x2.size(axis));
    }
    if (!alike) {
      throw Mismatch.of("Batch", "bilinear", x1.shape(), x2.shape())
          .withType(x2.type())
          .error(
              "bilinear expects inputs alike but for their last dims, found "
                  + x1.type()
                  + " and "
                  + x2.type());
    }
    Tensor matrix = weight.permute(1, 0, 2).reshape(weight.size(1), -1);
    List<Dim> dims = new ArrayList<>(x1.shape().dims().subList(0, x1.rank() - 1));
    dims.add(weight.size(0));
    dims.add(weight.size(2));
    Tensor y = x1.matmul(matrix).reshape(dims).matmul(x2.unsqueeze(-1)).squeeze(-1);
    return bias == null ? y : y.add(bias);
  }

  /** What products of a weight take; the bias may be left out. */
  static List<Optional<Tensor>> inputs(Tensor x, Tensor weight, @Nullable Tensor bias) {
    List<Optional<Tensor>> inputs = new ArrayList<>(List.of(Optional.of(x), Optional.of(weight)));
    if (bias != null) {
      inputs.add(Optional.of(bias));
    }
    return inputs;
  }
}
