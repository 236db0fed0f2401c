/** Files of tensors. */
@NullMarked
package dev.sardonyx.runtime.checkpoint;

import org.jspecify.annotations.NullMarked;
