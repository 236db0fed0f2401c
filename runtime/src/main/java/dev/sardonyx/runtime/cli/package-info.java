/** The sardonyx command. */
@NullMarked
package dev.sardonyx.runtime.cli;

import org.jspecify.annotations.NullMarked;
