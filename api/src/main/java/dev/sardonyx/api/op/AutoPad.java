package dev.sardonyx.api.op;

/** How a window's padding is found. Source: ONNX Conv, attribute auto_pad. */
public enum AutoPad {
  /** The pads that are given. */
  NOTSET,
  /** So much that the output is ceil(input / stride); an odd pad goes to the end. */
  SAME_UPPER,
  /** The same, with an odd pad at the beginning. */
  SAME_LOWER,
  /** None. */
  VALID
}
