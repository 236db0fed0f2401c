package dev.sardonyx.runtime.kernel;

/**
 * The left operand of a product, row by row: a matrix, or the pixels that a convolution's kernel
 * meets. All numbers are in elements; where the operand begins is an index into what holds it.
 * Thread-safe.
 */
public sealed interface LeftRows permits MatrixRows, PixelRows {}
