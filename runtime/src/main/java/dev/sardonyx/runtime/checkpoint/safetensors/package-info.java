/** The safetensors format. */
@NullMarked
package dev.sardonyx.runtime.checkpoint.safetensors;

import org.jspecify.annotations.NullMarked;
