/** Zip archives, read from memory and written, with where each entry's bytes lie. */
@NullMarked
package dev.sardonyx.runtime.checkpoint.zip;

import org.jspecify.annotations.NullMarked;
