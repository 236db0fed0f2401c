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
 * Divides the last dims by their root mean square, then scales their elements: x / sqrt(mean(x * x)
 * + eps) * weight. Shapes: [..., normalizedShape] -> the same. Source: torch.nn.RMSNorm of torch 2.
 */
public final class RMSNorm implements UnaryModule {
  private static final String NAME = "RMSNorm";

  private final List<Integer> normalizedShape;
  private final RMSNormOptions options;
  private final @Nullable Parameter weight;

  /** Over the last dims, which have these sizes. Errors: ARGUMENT. */
  public RMSNorm(int... normalizedShape) {
    this(Arrays.stream(normalizedShape).boxed().toList(), options -> options);
  }

  /** Over the last dim. Errors: ARGUMENT. */
  public RMSNorm(int normalizedShape, UnaryOperator<RMSNormOptions> options) {
    this(List.of(normalizedShape), options);
  }

  /** Over the last dims, which have these sizes. Errors: ARGUMENT for none or one below 1. */
  public RMSNorm(List<Integer> normalizedShape, UnaryOperator<RMSNormOptions> options) {
    Arguments.requireSizes(NAME, "normalizedShape", normalizedShape);
    this.normalizedShape = List.copyOf(normalizedShape);
    this.options = options.apply(RMSNormOptions.defaults()).checked(NAME);
    long[] sizes = normalizedShape.stream().mapToLong(Integer::longValue).toArray();
    weight = this.options.elementwiseAffine() ? new Parameter(Tensor.ones(sizes)) : null;
  }

  /** The scale, [normalizedShape], if there is one. */
  public Optional<Parameter> weight() {
    return Optional.ofNullable(weight);
  }

  /** The output, of x's type. Errors: SHAPE unless x ends in normalizedShape. */
  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(this, x, this::normalized);
  }

  private Tensor normalized(Tensor x) {
    RowStatistics.requireEnd(NAME, x, normalizedShape);
    Arguments.requireFloat(NAME, x);
    return RowStatistics.rms(x, normalizedShape, weight, options.eps());
  }

  @Override
  public Structure structure() {
    return Structure.of(NAME).add("weight", weight);
  }

  @Override
  public String extraRepr() {
    return "%s, eps=%s, elementwise_affine=%s"
        .formatted(
            PythonText.tuple(normalizedShape),
            options.eps().isPresent() ? PythonText.of(options.eps().getAsDouble()) : "None",
            PythonText.of(options.elementwiseAffine()));
  }
}
