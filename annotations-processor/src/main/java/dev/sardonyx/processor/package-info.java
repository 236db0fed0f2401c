/** The annotation processor: reads annotated classes, checks them, writes their descriptors. */
@NullMarked
package dev.sardonyx.processor;

import org.jspecify.annotations.NullMarked;
