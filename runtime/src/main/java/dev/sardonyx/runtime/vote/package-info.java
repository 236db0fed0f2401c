/**
 * A third opinion where two engines part: one node computed in float64 by ONNX's definition, in
 * plain loops that share nothing with an engine's kernels, and what it says of both.
 */
@NullMarked
package dev.sardonyx.runtime.vote;

import org.jspecify.annotations.NullMarked;
