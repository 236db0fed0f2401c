package dev.sardonyx.api.nn;

/**
 * Padding with the border of the input repeated over 1 spatial dim. Source:
 * torch.nn.ReplicationPad1d.
 */
public final class ReplicationPad1d extends ReplicationPad {

  /** 1 number for all sides, or 2 numbers, before and after. Errors: ARGUMENT. */
  public ReplicationPad1d(int... padding) {
    super(1, padding);
  }
}
