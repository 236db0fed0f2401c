package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Normalises the last dims, then scales and shifts their elements: (x - mean) / sqrt(var + eps) *
 * weight + bias. Shapes: [..., normalizedShape] -> the same. Source: torch.nn.LayerNorm.
 */
public final class LayerNorm implements UnaryModule {
  private static final String NAME = "LayerNorm";

  private final List<Integer> normalizedShape;
  private final LayerNormOptions options;
  private final @Nullable Parameter weight;
  private final @Nullable Parameter bias;

  /** Over the last dims, which have these sizes. Errors: ARGUMENT. */
  public LayerNorm(int... normalizedShape) {
    this(Arrays.stream(normalizedShape).boxed().toList(), options -> options);
  }

  /** Over the last dim. Errors: ARGUMENT. */
  public LayerNorm(int normalizedShape, UnaryOperator<LayerNormOptions> options) {
    this(List.of(normalizedShape), options);
  }

  /** Over the last dims, which have these sizes. Errors: ARGUMENT for none or one below 1. */
  public LayerNorm(List<Integer> normalizedShape, UnaryOperator<LayerNormOptions> options) {
    Arguments.requireSizes(NAME, "normalizedShape", normalizedShape);
    this.normalizedShape = List.copyOf(normalizedShape);
    this.options = options.apply(LayerNormOptions.defaults()).checked(NAME);
    long[] sizes = normalizedShape.stream().mapToLong(Integer::longValue).toArray();
    weight = this.options.elementwiseAffine() ? new Parameter(Tensor.ones(sizes)) : null;
    bias = this.options.elementwiseAffine() ? new Parameter(Tensor.zeros(sizes)) : null;
  }

  private LayerNorm(LayerNorm other) {
    normalizedShape = other.normalizedShape;
    options = other.options;
    weight = other.weight == null ? null : new Parameter(other.weight);
    bias = other.bias == null ? null : new Parameter(other.bias);
  }

  /** One with weights of its own that are equal to these. Source: copy.deepcopy. */
  LayerNorm copy() {
    return new LayerNorm(this);
  }

  /** The scale, [normalizedShape], if there is one. */
  public Optional<Parameter> weight() {
    return Optional.ofNullable(weight);
  }

  /** The shift, [normalizedShape], if there is one. */
  public Optional<Parameter> bias() {
    return Optional.ofNullable(bias);
  }

  /** The output, of x's type. Errors: SHAPE unless x ends in normalizedShape. */
  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(this, x, this::normalized);
  }

  private Tensor normalized(Tensor x) {
    RowStatistics.requireEnd(NAME, x, normalizedShape);
    Arguments.requireFloat(NAME, x);
    return Functional.layerNorm(x, normalizedShape, weight, bias, options.eps());
  }

  @Override
  public Structure structure() {
    return Structure.of(NAME).add("weight", weight).add("bias", bias);
  }

  @Override
  public String extraRepr() {
    return "%s, eps=%s, elementwise_affine=%s"
        .formatted(
            PythonText.tuple(normalizedShape),
            PythonText.of(options.eps()),
            PythonText.of(options.elementwiseAffine()));
  }
}
