/**
 * Planted faults, and those of ONNX Runtime: each is found where it is, and blamed on whose it is.
 */
@NullMarked
package dev.sardonyx.models.diagnose;

import org.jspecify.annotations.NullMarked;
