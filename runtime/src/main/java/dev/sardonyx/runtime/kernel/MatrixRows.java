package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;

/**
 * The rows of a matrix in memory.
 *
 * @param pitch elements from a row to the next
 * @param elementBytes the size of an element
 */
public record MatrixRows(MemorySegment a, long pitch, int elementBytes) implements LeftRows {}
