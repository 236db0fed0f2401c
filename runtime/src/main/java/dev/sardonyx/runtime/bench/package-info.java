/** Measures engines so that none is flattered: who is timed, when, and what the times say. */
@NullMarked
package dev.sardonyx.runtime.bench;

import org.jspecify.annotations.NullMarked;
