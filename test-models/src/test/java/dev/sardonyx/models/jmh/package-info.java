/** Kernels by JMH; no tests. {@link KernelBenchmark} says how to run them. */
@NullMarked
package dev.sardonyx.models.jmh;

import org.jspecify.annotations.NullMarked;
