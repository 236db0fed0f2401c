package dev.sardonyx.api.nn;

import java.util.Locale;

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

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
