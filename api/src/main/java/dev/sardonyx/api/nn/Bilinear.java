package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * x1' * weight[k] * x2 + bias[k] for each output k. Shapes: [..., in1], [..., in2] -> [..., out].
 * Source: torch.nn.Bilinear.
 */
public final class Bilinear implements NnModule {
  private static final String NAME = "Bilinear";

  private final int in1Features;
  private final int in2Features;
  private final int outFeatures;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /** With bias. Errors: ARGUMENT below 1. */
  public Bilinear(int in1Features, int in2Features, int outFeatures) {
    this(in1Features, in2Features, outFeatures, true);
  }

  /** With or without bias. Errors: ARGUMENT below 1. */
  public Bilinear(int in1Features, int in2Features, int outFeatures, boolean bias) {
    Arguments.requireAtLeast(NAME, "in1Features", in1Features, 1);
    Arguments.requireAtLeast(NAME, "in2Features", in2Features, 1);
    Arguments.requireAtLeast(NAME, "outFeatures", outFeatures, 1);
    this.in1Features = in1Features;
    this.in2Features = in2Features;
    this.outFeatures = outFeatures;
    double bound = 1 / Math.sqrt(in1Features);
    weight = Initialization.within(Shape.of(outFeatures, in1Features, in2Features), bound);
    this.bias = bias ? Initialization.within(Shape.of(outFeatures), bound) : null;
  }

  /** [out, in1, in2]. */
  public Parameter weight() {
    return weight;
  }

  /** [out], if there is one. */
  public Optional<Parameter> bias() {
    return Optional.ofNullable(bias);
  }

  /** The products. Errors: SHAPE unless the last dims are the features and all others alike. */
  public Tensor forward(Tensor x1, Tensor x2) {
    return Operations.inModule(this, List.of(x1, x2), () -> List.of(product(x1, x2))).getFirst();
  }

  private Tensor product(Tensor x1, Tensor x2) {
    Products.requireFeatures(NAME, "In1Features", x1, Dim.of(in1Features));
    Products.requireFeatures(NAME, "In2Features", x2, Dim.of(in2Features));
    Arguments.requireDType(NAME, x1, weight.dtype());
    Arguments.requireDType(NAME, x2, weight.dtype());
    return Functional.bilinear(x1, x2, weight, bias);
  }

  @Override
  public Structure structure() {
    return Structure.of(NAME).add("weight", weight).add("bias", bias);
  }

  @Override
  public String extraRepr() {
    return "in1_features=%d, in2_features=%d, out_features=%d, bias=%s"
        .formatted(in1Features, in2Features, outFeatures, PythonText.of(bias != null));
  }
}
