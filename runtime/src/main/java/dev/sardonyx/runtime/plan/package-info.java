/**
 * How a graph of fixed shapes is computed: operators bound to kernels and buffers, buffers laid out
 * by liveness in one arena.
 */
@NullMarked
package dev.sardonyx.runtime.plan;

import org.jspecify.annotations.NullMarked;
