/** Files, written whole or not at all. */
@NullMarked
package dev.sardonyx.api.file;

import org.jspecify.annotations.NullMarked;
