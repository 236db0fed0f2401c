/** Operators on inputs that nobody means well with. */
@NullMarked
package dev.sardonyx.runtime.fuzz;

import org.jspecify.annotations.NullMarked;
