package dev.sardonyx.api.nn;

import java.util.Locale;
import java.util.Optional;

/** What the padding of a convolution consists of. Source: torch.nn.Conv2d, padding_mode. */
public enum PaddingMode {
  /** Zeros. */
  ZEROS,
  /** The input mirrored at its border, which itself is not repeated. */
  REFLECT,
  /** The border repeated. */
  REPLICATE,
  /** The input from its other side. */
  CIRCULAR;

  /** How {@link Functional#pad} does it; a convolution pads with zeros by itself. */
  Optional<PadMode> padMode() {
    return switch (this) {
      case ZEROS -> Optional.empty();
      case REFLECT -> Optional.of(PadMode.REFLECT);
      case REPLICATE -> Optional.of(PadMode.REPLICATE);
      case CIRCULAR -> Optional.of(PadMode.CIRCULAR);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
