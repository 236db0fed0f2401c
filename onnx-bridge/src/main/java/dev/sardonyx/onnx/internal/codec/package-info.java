/** Types, tensors, attributes and origins as protobuf messages, and back. */
@NullMarked
package dev.sardonyx.onnx.internal.codec;

import org.jspecify.annotations.NullMarked;
