/** Derivatives of graphs, in the operators of graphs. */
@NullMarked
package dev.sardonyx.onnx.internal.gradient;

import org.jspecify.annotations.NullMarked;
