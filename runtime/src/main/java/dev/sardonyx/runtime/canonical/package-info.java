/** What graphs are apart from names and ways to say the same: digests, and one form for all. */
@NullMarked
package dev.sardonyx.runtime.canonical;

import org.jspecify.annotations.NullMarked;
