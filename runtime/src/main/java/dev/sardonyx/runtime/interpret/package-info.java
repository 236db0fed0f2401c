/** Runs graphs node by node: what is computed depends on what is in the values. */
@NullMarked
package dev.sardonyx.runtime.interpret;

import org.jspecify.annotations.NullMarked;
