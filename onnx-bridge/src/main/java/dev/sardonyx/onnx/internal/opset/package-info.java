/** What each operator set has, and which file version goes with it. */
@NullMarked
package dev.sardonyx.onnx.internal.opset;

import org.jspecify.annotations.NullMarked;
