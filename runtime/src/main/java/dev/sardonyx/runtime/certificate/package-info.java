/** What a check has tested, in a file that can be checked again: tested equivalence. */
@NullMarked
package dev.sardonyx.runtime.certificate;

import org.jspecify.annotations.NullMarked;
