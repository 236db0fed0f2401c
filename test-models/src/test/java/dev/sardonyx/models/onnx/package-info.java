/** Files as other programs wrote them, run on the native engine. */
@NullMarked
package dev.sardonyx.models.onnx;

import org.jspecify.annotations.NullMarked;
