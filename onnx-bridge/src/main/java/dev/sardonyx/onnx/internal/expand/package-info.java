/** Newer operators as nodes of older ones, for files of older operator sets. */
@NullMarked
package dev.sardonyx.onnx.internal.expand;

import org.jspecify.annotations.NullMarked;
