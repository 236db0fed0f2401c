/**
 * Operators: one record per ONNX operator, holding everything that is true of it but how to compute
 * it.
 */
@NullMarked
package dev.sardonyx.api.op;

import org.jspecify.annotations.NullMarked;
