/** From hostile bytes to a checked graph. */
@NullMarked
package dev.sardonyx.onnx.internal.read;

import org.jspecify.annotations.NullMarked;
