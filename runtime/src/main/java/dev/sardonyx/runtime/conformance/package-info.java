/** ONNX's own test cases: found, run each apart from the others, and judged. */
@NullMarked
package dev.sardonyx.runtime.conformance;

import org.jspecify.annotations.NullMarked;
