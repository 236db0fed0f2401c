/** Nodes of older operator sets in the form of the newest. */
@NullMarked
package dev.sardonyx.onnx.internal.upgrade;

import org.jspecify.annotations.NullMarked;
