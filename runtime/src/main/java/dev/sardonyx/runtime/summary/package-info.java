/** What a model consists of and costs, layer by layer. */
@NullMarked
package dev.sardonyx.runtime.summary;

import org.jspecify.annotations.NullMarked;
