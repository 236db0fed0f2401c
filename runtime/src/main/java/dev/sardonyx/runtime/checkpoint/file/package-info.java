/** Bytes of files: mapped in, written whole or not at all. */
@NullMarked
package dev.sardonyx.runtime.checkpoint.file;

import org.jspecify.annotations.NullMarked;
