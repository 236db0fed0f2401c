/** What checkpoint files say that they hold, read without what they hold; see api.state. */
@NullMarked
package dev.sardonyx.api.checkpoint;

import org.jspecify.annotations.NullMarked;
