/** What the processor knows of a module class, as records. */
@NullMarked
package dev.sardonyx.processor.model;

import org.jspecify.annotations.NullMarked;
