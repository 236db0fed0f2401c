/** How two models differ: structure, weights, signature and numbers. */
@NullMarked
package dev.sardonyx.runtime.diff;

import org.jspecify.annotations.NullMarked;
