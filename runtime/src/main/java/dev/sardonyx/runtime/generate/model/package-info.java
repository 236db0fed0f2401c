/** Models as Java classes, before they are written: what is recovered from a graph. */
@NullMarked
package dev.sardonyx.runtime.generate.model;

import org.jspecify.annotations.NullMarked;
