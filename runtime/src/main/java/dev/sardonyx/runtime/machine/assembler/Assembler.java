package dev.sardonyx.runtime.machine.assembler;

/**
 * Writes machine code for x86-64 into a buffer: {@code a.vfmadd231ps(zmm(3), zmm(28), zmm(30))}.
 * Only the instructions that the kernels use; the shortest encoding that there is, as other
 * assemblers choose it. Not thread-safe.
 */
public final class Assembler extends TileInstructions {}
