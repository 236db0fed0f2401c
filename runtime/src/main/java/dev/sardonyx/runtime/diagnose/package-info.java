/** Where two engines part, node by node, and which of them is wrong. */
@NullMarked
package dev.sardonyx.runtime.diagnose;

import org.jspecify.annotations.NullMarked;
