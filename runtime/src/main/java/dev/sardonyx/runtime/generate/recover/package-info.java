/** Finds in a graph the classes that a person would have written for it. */
@NullMarked
package dev.sardonyx.runtime.generate.recover;

import org.jspecify.annotations.NullMarked;
