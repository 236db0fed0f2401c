/** Makes quantised graphs of those in float32. */
@NullMarked
package dev.sardonyx.runtime.quantize;

import org.jspecify.annotations.NullMarked;
