package dev.sardonyx.runtime.machine.assembler;

/**
 * Writes machine code for x86-64 into a buffer: {@code a.vfmadd231ps(zmm(3), zmm(28), zmm(30))}.
 * Only the instructions that the kernels use; the shortest encoding that there is, as other
 * assemblers choose it. Not thread-safe.
 */
public final class Assembler extends TileInstructions {
  /** For every instruction. */
  public Assembler() {
    this(true);
  }

  private Assembler(boolean hasAvx512) {
    super(hasAvx512);
  }

  /**
   * For processors without AVX-512: an instruction of its, by its registers, masks or broadcasts
   * too, is an {@link IllegalArgumentException} when it is written, not when somebody runs it.
   */
  public static Assembler withoutAvx512() {
    return new Assembler(false);
  }
}
