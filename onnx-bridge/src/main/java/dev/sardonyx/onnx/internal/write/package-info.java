/** From a graph to a file. */
@NullMarked
package dev.sardonyx.onnx.internal.write;

import org.jspecify.annotations.NullMarked;
