package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The spatial dims of [N, C, ...] made larger or smaller. */
abstract sealed class UpsampleLayer implements UnaryModule
    permits Upsample, UpsamplingBilinear2d, UpsamplingNearest2d {
  private final String name;
  private final UpsampleOptions options;

  UpsampleLayer(String name, UnaryOperator<UpsampleOptions> options) {
    this.name = name;
    this.options = options.apply(UpsampleOptions.defaults()).checked(name);
  }

  /** The resized tensor. Errors: SHAPE for another rank than the mode takes. */
  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(
        this,
        x,
        tensor ->
            Arguments.owned(name, Map.of(), () -> Interpolation.interpolate(tensor, options)));
  }

  @Override
  public Structure structure() {
    return Structure.of(name);
  }

  @Override
  public String extraRepr() {
    return options.shown();
  }
}
