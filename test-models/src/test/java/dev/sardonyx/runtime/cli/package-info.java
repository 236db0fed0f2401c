/** The command line, run in this JVM with the example models. */
@NullMarked
package dev.sardonyx.runtime.cli;

import org.jspecify.annotations.NullMarked;
