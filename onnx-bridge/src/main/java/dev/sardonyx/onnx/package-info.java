/** ONNX files, read and written: {@link dev.sardonyx.onnx.Onnx} is the way in. */
@NullMarked
package dev.sardonyx.onnx;

import org.jspecify.annotations.NullMarked;
