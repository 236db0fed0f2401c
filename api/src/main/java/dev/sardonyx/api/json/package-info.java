/** A bounded reader of JSON, and the writing of its texts. */
@NullMarked
package dev.sardonyx.api.json;

import org.jspecify.annotations.NullMarked;
