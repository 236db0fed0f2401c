/** Sources that a formatter has nothing to say about. */
@NullMarked
package dev.sardonyx.runtime.generate.write;

import org.jspecify.annotations.NullMarked;
