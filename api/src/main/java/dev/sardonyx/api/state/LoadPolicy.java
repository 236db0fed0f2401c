package dev.sardonyx.api.state;

/** Which weights a load demands. */
public enum LoadPolicy {
  /** Every entry fits by name, element type and shape, on both sides; else nothing is loaded. */
  STRICT,
  /** What fits is loaded, the rest is reported. */
  PARTIAL
}
