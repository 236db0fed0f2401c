/** The types of values: element types, dims, shapes. */
@NullMarked
package dev.sardonyx.api.type;

import org.jspecify.annotations.NullMarked;
