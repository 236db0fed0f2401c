package dev.sardonyx.api.nn;

/** Whose print(model) describe() follows. */
public enum DescribeStyle {
  /** PyTorch 1.13: every module of a list on a line of its own. */
  TORCH_1_13,
  /** PyTorch 2: equal neighbours in a ModuleList are one line, {@code (0-9): 10 x Linear(...)}. */
  TORCH_2
}
