package dev.sardonyx.api.nn;

/**
 * Padding with the input mirrored at its border over 1 spatial dim. Source:
 * torch.nn.ReflectionPad1d.
 */
public final class ReflectionPad1d extends ReflectionPad {

  /** 1 number for all sides, or 2 numbers, before and after. Errors: ARGUMENT. */
  public ReflectionPad1d(int... padding) {
    super(1, padding);
  }
}
