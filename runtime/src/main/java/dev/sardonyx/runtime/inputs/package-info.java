/** Values to run a model on: drawn at random by what the graph does with them, or from files. */
@NullMarked
package dev.sardonyx.runtime.inputs;

import org.jspecify.annotations.NullMarked;
