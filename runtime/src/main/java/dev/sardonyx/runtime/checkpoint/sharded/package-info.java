/** Checkpoints in several files under an index. */
@NullMarked
package dev.sardonyx.runtime.checkpoint.sharded;

import org.jspecify.annotations.NullMarked;
