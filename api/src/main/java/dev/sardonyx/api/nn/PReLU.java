package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Map;

/**
 * x where it is 0 or more, else a learned slope * x: one slope for all, or one for each channel
 * (dim 1). Source: torch.nn.PReLU.
 */
public final class PReLU implements UnaryModule {
  private final int numParameters;
  private final Parameter weight;

  /** One slope, 0.25 at first. */
  public PReLU() {
    this(1);
  }

  /** As many slopes as channels, 0.25 at first. Errors: ARGUMENT below 1. */
  public PReLU(int numParameters) {
    this(numParameters, 0.25);
  }

  /** The same with another first value. */
  public PReLU(int numParameters, double init) {
    Arguments.requireAtLeast("PReLU", "numParameters", numParameters, 1);
    this.numParameters = numParameters;
    weight = new Parameter(Tensor.full((float) init, numParameters));
  }

  /** The slopes, [numParameters]. */
  public Parameter weight() {
    return weight;
  }

  /** The output, of x's type. Errors: SHAPE where dim 1 is not numParameters. */
  @Override
  public Tensor forward(Tensor x) {
    Map<String, String> arguments = Map.of("NumParameters", "numParameters");
    return Operations.inModule(
        this,
        x,
        tensor -> Arguments.owned("PReLU", arguments, () -> Functional.prelu(tensor, weight)));
  }

  @Override
  public Structure structure() {
    return Structure.of("PReLU").add("weight", weight);
  }

  @Override
  public String extraRepr() {
    return "num_parameters=" + numParameters;
  }
}
