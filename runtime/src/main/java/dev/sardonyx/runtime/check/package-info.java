/** The cross-check: the same graph on two engines, compared node by node. */
@NullMarked
package dev.sardonyx.runtime.check;

import org.jspecify.annotations.NullMarked;
