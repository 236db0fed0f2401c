/** Ways to compute a node, what they cost, and measuring that once for a machine. */
@NullMarked
package dev.sardonyx.runtime.tune;

import org.jspecify.annotations.NullMarked;
