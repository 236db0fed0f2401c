/** A bounded reader of JSON, and the writing of its texts. */
@NullMarked
package dev.sardonyx.runtime.checkpoint.json;

import org.jspecify.annotations.NullMarked;
