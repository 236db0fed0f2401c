/** From the compiler's elements to records. */
@NullMarked
package dev.sardonyx.processor.read;

import org.jspecify.annotations.NullMarked;
