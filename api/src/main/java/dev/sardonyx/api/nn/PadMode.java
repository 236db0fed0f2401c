package dev.sardonyx.api.nn;

import dev.sardonyx.api.op.Pad;
import java.util.Locale;

/** What {@link Functional#pad} puts around a tensor. Source: torch.nn.functional.pad, mode. */
public enum PadMode {
  /** One value. */
  CONSTANT(Pad.Mode.CONSTANT),
  /** The tensor mirrored at its border, which itself is not repeated. */
  REFLECT(Pad.Mode.REFLECT),
  /** The border repeated. */
  REPLICATE(Pad.Mode.EDGE),
  /** The tensor from its other side. */
  CIRCULAR(Pad.Mode.WRAP);

  private final Pad.Mode mode;

  PadMode(Pad.Mode mode) {
    this.mode = mode;
  }

  /** ONNX's word for it. */
  Pad.Mode operatorMode() {
    return mode;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
