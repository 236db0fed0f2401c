/** Tensors: with data (eager), inside a trace, or a module's parameter. */
@NullMarked
package dev.sardonyx.api.tensor;

import org.jspecify.annotations.NullMarked;
