/**
 * Follows a model through its source, as it is compiled: constructors and forward are interpreted
 * over javac's trees, with the library's own layers and tensors of a trace as values, so that what
 * does not fit is found where it is written.
 */
@NullMarked
package dev.sardonyx.processor.follow;

import org.jspecify.annotations.NullMarked;
