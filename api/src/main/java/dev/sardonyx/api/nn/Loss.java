package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** A layer that says how far an input is from its target. Source: torch.nn.modules.loss._Loss. */
public abstract sealed class Loss implements NnModule
    permits BCELoss,
        BCEWithLogitsLoss,
        CrossEntropyLoss,
        HuberLoss,
        KLDivLoss,
        L1Loss,
        MSELoss,
        NLLLoss,
        SmoothL1Loss {
  private final String name;

  Loss(String name) {
    this.name = name;
  }

  /**
   * The loss: a scalar, or a number for each element under {@link Reduction#NONE}. Errors: SHAPE,
   * DTYPE where input and target do not fit.
   */
  public final Tensor forward(Tensor input, Tensor target) {
    return Operations.inModule(
            this,
            List.of(input, target),
            () -> List.of(Arguments.owned(name, Map.of(), () -> loss(input, target))))
        .getFirst();
  }

  abstract Tensor loss(Tensor input, Tensor target);

  @Override
  public Structure structure() {
    return Structure.of(name);
  }
}
