package dev.sardonyx.runtime.plan;

/**
 * Where the first input, the tail's residual and the first output of a call have their channels,
 * and their types too; weights are as the operator means them.
 */
enum Order {
  /** All (N, C, spatial...), as ONNX means them. */
  FIRST,
  /** All (N, spatial..., C). */
  LAST,
  /** The first input (N, C, spatial...), the residual and the output (N, spatial..., C). */
  TO_LAST
}
