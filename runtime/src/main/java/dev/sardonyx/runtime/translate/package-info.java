/** Whether what the compiler makes of a graph still computes what the graph says. */
@NullMarked
package dev.sardonyx.runtime.translate;

import org.jspecify.annotations.NullMarked;
