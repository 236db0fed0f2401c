/** Round trips. */
@NullMarked
package dev.sardonyx.runtime.generate.proof;

import org.jspecify.annotations.NullMarked;
