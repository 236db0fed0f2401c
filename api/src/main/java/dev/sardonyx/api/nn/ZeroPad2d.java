package dev.sardonyx.api.nn;

/** Padding with zeros over two spatial dims. Source: torch.nn.ZeroPad2d. */
public final class ZeroPad2d extends PadLayer {

  /** 1 number for all sides, or 4: left, right, top, bottom. Errors: ARGUMENT. */
  public ZeroPad2d(int... padding) {
    super("ZeroPad2d", 2, PadMode.CONSTANT, 0, padding);
  }
}
