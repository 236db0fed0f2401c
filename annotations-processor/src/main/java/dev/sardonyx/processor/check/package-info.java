/** The rules of module classes, each with its code and its message. */
@NullMarked
package dev.sardonyx.processor.check;

import org.jspecify.annotations.NullMarked;
