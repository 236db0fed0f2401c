package dev.sardonyx.api.nn;

/**
 * Padding with the border of the input repeated over 2 spatial dims. Source:
 * torch.nn.ReplicationPad2d.
 */
public final class ReplicationPad2d extends ReplicationPad {

  /** 1 number for all sides, or 4 numbers: left, right, top, bottom. Errors: ARGUMENT. */
  public ReplicationPad2d(int... padding) {
    super(2, padding);
  }
}
