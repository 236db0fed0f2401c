package dev.sardonyx.api.nn;

/**
 * Padding with the input mirrored at its border over 3 spatial dims. Source:
 * torch.nn.ReflectionPad3d.
 */
public final class ReflectionPad3d extends ReflectionPad {

  /**
   * 1 number for all sides, or 6 numbers: left, right, top, bottom, front, back. Errors: ARGUMENT.
   */
  public ReflectionPad3d(int... padding) {
    super(3, padding);
  }
}
