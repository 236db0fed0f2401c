/** Canonical forms. */
@NullMarked
package dev.sardonyx.runtime.canonical;

import org.jspecify.annotations.NullMarked;
