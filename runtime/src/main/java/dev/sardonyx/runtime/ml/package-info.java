/** Classical machine learning: trees, linear functions, tables and maps, computed row by row. */
@NullMarked
package dev.sardonyx.runtime.ml;

import org.jspecify.annotations.NullMarked;
