/** Errors: one exception family, one list of codes. */
@NullMarked
package dev.sardonyx.api.error;

import org.jspecify.annotations.NullMarked;
