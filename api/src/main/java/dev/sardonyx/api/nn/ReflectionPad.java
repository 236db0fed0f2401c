package dev.sardonyx.api.nn;

/** Padding with the input mirrored at its border. */
abstract sealed class ReflectionPad extends PadLayer
    permits ReflectionPad1d, ReflectionPad2d, ReflectionPad3d {
  ReflectionPad(int dims, int... padding) {
    super("ReflectionPad" + dims + "d", dims, PadMode.REFLECT, 0, padding);
  }
}
