package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** x * weight' + bias. Shapes: [..., in] -> [..., out]. Source: torch.nn.Linear. */
public final class Linear implements UnaryModule {
  private final String typeName;
  private final int inFeatures;
  private final int outFeatures;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /** With bias. Errors: ARGUMENT below 1. */
  public Linear(int inFeatures, int outFeatures) {
    this(inFeatures, outFeatures, true);
  }

  /** With or without bias. Errors: ARGUMENT below 1. */
  public Linear(int inFeatures, int outFeatures, boolean bias) {
    this("Linear", inFeatures, outFeatures, bias);
  }

  private Linear(String typeName, int inFeatures, int outFeatures, boolean bias) {
    this.typeName = typeName;
    Arguments.requireAtLeast("Linear", "inFeatures", inFeatures, 1);
    Arguments.requireAtLeast("Linear", "outFeatures", outFeatures, 1);
    this.inFeatures = inFeatures;
    this.outFeatures = outFeatures;
    weight = Initialization.weight(Shape.of(outFeatures, inFeatures), inFeatures);
    this.bias = bias ? Initialization.bias(outFeatures, inFeatures) : null;
  }

  private Linear(Linear other) {
    typeName = other.typeName;
    inFeatures = other.inFeatures;
    outFeatures = other.outFeatures;
    weight = new Parameter(other.weight);
    bias = other.bias == null ? null : new Parameter(other.bias);
  }

  /** One that PyTorch prints under another name. */
  static Linear named(String typeName, int inFeatures, int outFeatures, boolean bias) {
    return new Linear(typeName, inFeatures, outFeatures, bias);
  }

  /** One with weights of its own that are equal to these. Source: copy.deepcopy. */
  Linear copy() {
    return new Linear(this);
  }

  /** [out, in]. */
  public Parameter weight() {
    return weight;
  }

  /** [out], if there is one. */
  public Optional<Parameter> bias() {
    return Optional.ofNullable(bias);
  }

  /** The product. Errors: SHAPE unless the last dim is inFeatures. */
  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(this, x, this::product);
  }

  private Tensor product(Tensor x) {
    Products.requireFeatures("Linear", "InFeatures", x, Dim.of(inFeatures));
    Arguments.requireDType("Linear", x, weight.dtype());
    return Functional.linear(x, weight, bias);
  }

  @Override
  public Structure structure() {
    return Structure.of(typeName).add("weight", weight).add("bias", bias);
  }

  @Override
  public String extraRepr() {
    return "in_features=%d, out_features=%d, bias=%s"
        .formatted(inFeatures, outFeatures, PythonText.of(bias != null));
  }
}
