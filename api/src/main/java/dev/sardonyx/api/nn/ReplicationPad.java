package dev.sardonyx.api.nn;

/** Padding with the border of the input repeated. */
abstract sealed class ReplicationPad extends PadLayer
    permits ReplicationPad1d, ReplicationPad2d, ReplicationPad3d {
  ReplicationPad(int dims, int... padding) {
    super("ReplicationPad" + dims + "d", dims, PadMode.REPLICATE, 0, padding);
  }
}
