/** The graph: ONNX's semantics at the newest opset, in immutable records. */
@NullMarked
package dev.sardonyx.api.graph;

import org.jspecify.annotations.NullMarked;
