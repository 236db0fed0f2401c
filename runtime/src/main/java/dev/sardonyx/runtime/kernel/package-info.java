/**
 * Numeric primitives behind one narrow interface, {@link dev.sardonyx.runtime.kernel.Kernels}. The
 * plan binds them to buffers; nothing here knows of graphs, operators or sessions. Depends on the
 * JDK alone.
 */
package dev.sardonyx.runtime.kernel;
