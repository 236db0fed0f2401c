package dev.sardonyx.api.nn;

/**
 * Padding with the input mirrored at its border over 2 spatial dims. Source:
 * torch.nn.ReflectionPad2d.
 */
public final class ReflectionPad2d extends ReflectionPad {

  /** 1 number for all sides, or 4 numbers: left, right, top, bottom. Errors: ARGUMENT. */
  public ReflectionPad2d(int... padding) {
    super(2, padding);
  }
}
