/** Images decoded by Java's own readers, where the Java that runs has them. */
@NullMarked
package dev.sardonyx.runtime.image;

import org.jspecify.annotations.NullMarked;
