/** Graph to graph: passes that leave what a graph means and lessen what must be computed. */
@NullMarked
package dev.sardonyx.runtime.compiler;

import org.jspecify.annotations.NullMarked;
