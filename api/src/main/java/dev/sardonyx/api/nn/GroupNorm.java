package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Normalises groups of channels (dim 1) of each sample, then scales and shifts each channel.
 * Shapes: [N, numChannels, ...] -> the same. Source: torch.nn.GroupNorm.
 */
public final class GroupNorm implements UnaryModule {
  private static final String NAME = "GroupNorm";

  private final int numGroups;
  private final int numChannels;
  private final GroupNormOptions options;
  private final @Nullable Parameter weight;
  private final @Nullable Parameter bias;

  /** With eps 1e-5, learned scale and shift. Errors: ARGUMENT. */
  public GroupNorm(int numGroups, int numChannels) {
    this(numGroups, numChannels, options -> options);
  }

  /** With options. Errors: ARGUMENT, also unless numChannels is a multiple of numGroups. */
  public GroupNorm(int numGroups, int numChannels, UnaryOperator<GroupNormOptions> options) {
    Arguments.requireAtLeast(NAME, "numGroups", numGroups, 1);
    Arguments.requireAtLeast(NAME, "numChannels", numChannels, 1);
    boolean divides = numChannels % numGroups == 0;
    String law = "a multiple of numGroups = " + numGroups;
    Arguments.require(divides, NAME, "numChannels", law, numChannels);
    this.numGroups = numGroups;
    this.numChannels = numChannels;
    this.options = options.apply(GroupNormOptions.defaults()).checked(NAME);
    weight = this.options.affine() ? new Parameter(Tensor.ones(numChannels)) : null;
    bias = this.options.affine() ? new Parameter(Tensor.zeros(numChannels)) : null;
  }

  /** The scale, [numChannels], if there is one. */
  public Optional<Parameter> weight() {
    return Optional.ofNullable(weight);
  }

  /** The shift, [numChannels], if there is one. */
  public Optional<Parameter> bias() {
    return Optional.ofNullable(bias);
  }

  /** The output, of x's type. Errors: SHAPE for another rank below 2 or number of channels. */
  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(this, x, this::normalized);
  }

  private Tensor normalized(Tensor x) {
    ChannelStatistics.requireChannels(NAME, x, numChannels);
    Arguments.requireFloat(NAME, x);
    return Functional.groupNorm(x, numGroups, weight, bias, options.eps());
  }

  @Override
  public Structure structure() {
    return Structure.of(NAME).add("weight", weight).add("bias", bias);
  }

  @Override
  public String extraRepr() {
    return "%d, %d, eps=%s, affine=%s"
        .formatted(
            numGroups, numChannels, PythonText.of(options.eps()), PythonText.of(options.affine()));
  }
}
