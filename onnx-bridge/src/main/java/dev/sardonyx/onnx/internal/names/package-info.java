/** Names of values and nodes. */
@NullMarked
package dev.sardonyx.onnx.internal.names;

import org.jspecify.annotations.NullMarked;
