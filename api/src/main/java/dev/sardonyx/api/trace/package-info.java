/** Tracing: running forward once with traced tensors gives the graph. */
@NullMarked
package dev.sardonyx.api.trace;

import org.jspecify.annotations.NullMarked;
