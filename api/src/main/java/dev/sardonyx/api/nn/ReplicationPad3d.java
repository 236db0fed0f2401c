package dev.sardonyx.api.nn;

/**
 * Padding with the border of the input repeated over 3 spatial dims. Source:
 * torch.nn.ReplicationPad3d.
 */
public final class ReplicationPad3d extends ReplicationPad {

  /**
   * 1 number for all sides, or 6 numbers: left, right, top, bottom, front, back. Errors: ARGUMENT.
   */
  public ReplicationPad3d(int... padding) {
    super(3, padding);
  }
}
