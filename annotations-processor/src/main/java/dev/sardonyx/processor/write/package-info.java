/** Descriptors and the registry as files. */
@NullMarked
package dev.sardonyx.processor.write;

import org.jspecify.annotations.NullMarked;
