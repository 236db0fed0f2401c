/** ONNX Runtime as an engine; no other package touches its classes. */
@NullMarked
package dev.sardonyx.ort;

import org.jspecify.annotations.NullMarked;
