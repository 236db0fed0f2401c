package dev.sardonyx.runtime.machine.assembler;

/**
 * Arithmetic of floats in vectors. Each method is one instruction, named as in Intel's manual; the
 * first operand is the destination, whose length is the length of the operation.
 */
abstract class FloatInstructions extends VectorEncoder {
  FloatInstructions(boolean hasAvx512) {
    super(hasAvx512);
  }

  /** a + b. */
  public final void vaddps(Vec to, Vec a, Source b) {
    three("vaddps", Form.form(Space.NP_0F, 0x58), to, a, b);
  }

  /** a - b. */
  public final void vsubps(Vec to, Vec a, Source b) {
    three("vsubps", Form.form(Space.NP_0F, 0x5c), to, a, b);
  }

  /** a * b. */
  public final void vmulps(Vec to, Vec a, Source b) {
    three("vmulps", Form.form(Space.NP_0F, 0x59), to, a, b);
  }

  /** a / b. */
  public final void vdivps(Vec to, Vec a, Source b) {
    three("vdivps", Form.form(Space.NP_0F, 0x5e), to, a, b);
  }

  /** a &lt; b ? a : b; b where one is NaN or both are zero. */
  public final void vminps(Vec to, Vec a, Source b) {
    three("vminps", Form.form(Space.NP_0F, 0x5d), to, a, b);
  }

  /** a &gt; b ? a : b; b where one is NaN or both are zero. */
  public final void vmaxps(Vec to, Vec a, Source b) {
    three("vmaxps", Form.form(Space.NP_0F, 0x5f), to, a, b);
  }

  /** The square root. */
  public final void vsqrtps(Vec to, Source from) {
    two("vsqrtps", Form.form(Space.NP_0F, 0x51), to, from);
  }

  /** to * b + a, rounded once. */
  public final void vfmadd132ps(Vec to, Vec a, Source b) {
    three("vfmadd132ps", Form.form(Space.P66_0F38, 0x98), to, a, b);
  }

  /** a * to + b, rounded once. */
  public final void vfmadd213ps(Vec to, Vec a, Source b) {
    three("vfmadd213ps", Form.form(Space.P66_0F38, 0xa8), to, a, b);
  }

  /** a * b + to, rounded once. */
  public final void vfmadd231ps(Vec to, Vec a, Source b) {
    three("vfmadd231ps", Form.form(Space.P66_0F38, 0xb8), to, a, b);
  }

  /** a * to - b, rounded once. */
  public final void vfmsub213ps(Vec to, Vec a, Source b) {
    three("vfmsub213ps", Form.form(Space.P66_0F38, 0xaa), to, a, b);
  }

  /** a * b - to, rounded once. */
  public final void vfmsub231ps(Vec to, Vec a, Source b) {
    three("vfmsub231ps", Form.form(Space.P66_0F38, 0xba), to, a, b);
  }

  /** -(a * to) + b, rounded once. */
  public final void vfnmadd213ps(Vec to, Vec a, Source b) {
    three("vfnmadd213ps", Form.form(Space.P66_0F38, 0xac), to, a, b);
  }

  /** -(a * b) + to, rounded once. */
  public final void vfnmadd231ps(Vec to, Vec a, Source b) {
    three("vfnmadd231ps", Form.form(Space.P66_0F38, 0xbc), to, a, b);
  }

  /** a + b of the first lane. */
  public final void vaddss(Vec to, Vec a, Source b) {
    three("vaddss", Form.scalar(Space.F3_0F, 0x58), to, a, b);
  }

  /** a - b of the first lane. */
  public final void vsubss(Vec to, Vec a, Source b) {
    three("vsubss", Form.scalar(Space.F3_0F, 0x5c), to, a, b);
  }

  /** a * b of the first lane. */
  public final void vmulss(Vec to, Vec a, Source b) {
    three("vmulss", Form.scalar(Space.F3_0F, 0x59), to, a, b);
  }

  /** a / b of the first lane. */
  public final void vdivss(Vec to, Vec a, Source b) {
    three("vdivss", Form.scalar(Space.F3_0F, 0x5e), to, a, b);
  }

  /** vminps of the first lane. */
  public final void vminss(Vec to, Vec a, Source b) {
    three("vminss", Form.scalar(Space.F3_0F, 0x5d), to, a, b);
  }

  /** vmaxps of the first lane. */
  public final void vmaxss(Vec to, Vec a, Source b) {
    three("vmaxss", Form.scalar(Space.F3_0F, 0x5f), to, a, b);
  }

  /** The root of b in the first lane; the others from a. */
  public final void vsqrtss(Vec to, Vec a, Source b) {
    three("vsqrtss", Form.scalar(Space.F3_0F, 0x51), to, a, b);
  }

  /** a * b + to of the first lane. */
  public final void vfmadd231ss(Vec to, Vec a, Source b) {
    three("vfmadd231ss", Form.scalar(Space.P66_0F38, 0xb9), to, a, b);
  }

  /** Bits of both. */
  public final void vandps(Vec to, Vec a, Source b) {
    three("vandps", Form.form(Space.NP_0F, 0x54), to, a, b);
  }

  /** Bits of b that a does not have. */
  public final void vandnps(Vec to, Vec a, Source b) {
    three("vandnps", Form.form(Space.NP_0F, 0x55), to, a, b);
  }

  /** Bits of either. */
  public final void vorps(Vec to, Vec a, Source b) {
    three("vorps", Form.form(Space.NP_0F, 0x56), to, a, b);
  }

  /** Bits of one of them. */
  public final void vxorps(Vec to, Vec a, Source b) {
    three("vxorps", Form.form(Space.NP_0F, 0x57), to, a, b);
  }

  /** a + b of doubles. */
  public final void vaddpd(Vec to, Vec a, Source b) {
    three("vaddpd", Form.doubles(Space.P66_0F, 0x58), to, a, b);
  }

  /** a - b of doubles. */
  public final void vsubpd(Vec to, Vec a, Source b) {
    three("vsubpd", Form.doubles(Space.P66_0F, 0x5c), to, a, b);
  }

  /** a * b of doubles. */
  public final void vmulpd(Vec to, Vec a, Source b) {
    three("vmulpd", Form.doubles(Space.P66_0F, 0x59), to, a, b);
  }

  /** a / b of doubles. */
  public final void vdivpd(Vec to, Vec a, Source b) {
    three("vdivpd", Form.doubles(Space.P66_0F, 0x5e), to, a, b);
  }

  /** The square root of doubles. */
  public final void vsqrtpd(Vec to, Source from) {
    two("vsqrtpd", Form.doubles(Space.P66_0F, 0x51), to, from);
  }

  /** a * b + to of doubles. */
  public final void vfmadd231pd(Vec to, Vec a, Source b) {
    three("vfmadd231pd", Form.form(Space.P66_0F38, 0xb8).wide(Wide.ONE), to, a, b);
  }

  /** Floats, of half a vector, to doubles. */
  public final void vcvtps2pd(Vec to, Source from) {
    two("vcvtps2pd", Form.form(Space.NP_0F, 0x5a, Piece.HALF), to, from);
  }

  /** Doubles to floats of half a vector. */
  public final void vcvtpd2ps(Vec to, Vec from) {
    half("vcvtpd2ps", Form.doubles(Space.P66_0F, 0x5a), to, from);
  }

  /** Rounded to whole numbers: 0 to the nearest, 1 down, 2 up, 3 to zero; 8 more: silent. */
  public final void vrndscaleps(Vec to, Source from, int constant) {
    two("vrndscaleps", Form.avx512(Space.P66_0F3A, 0x08, Piece.FULL), to, from, constant);
  }

  /** The same without AVX-512. */
  public final void vroundps(Vec to, Source from, int constant) {
    two("vroundps", Form.avx(Space.P66_0F3A, 0x08), to, from, constant);
  }

  /** a * 2 to the floor of b. */
  public final void vscalefps(Vec to, Vec a, Source b) {
    three("vscalefps", Form.avx512(Space.P66_0F38, 0x2c, Piece.FULL), to, a, b);
  }

  /** The exponent as a number. */
  public final void vgetexpps(Vec to, Source from) {
    two("vgetexpps", Form.avx512(Space.P66_0F38, 0x42, Piece.FULL), to, from);
  }

  /** The mantissa; the constant says its interval and sign. */
  public final void vgetmantps(Vec to, Source from, int constant) {
    two("vgetmantps", Form.avx512(Space.P66_0F3A, 0x26, Piece.FULL), to, from, constant);
  }

  /** 1 / x to 14 bits. */
  public final void vrcp14ps(Vec to, Source from) {
    two("vrcp14ps", Form.avx512(Space.P66_0F38, 0x4c, Piece.FULL), to, from);
  }

  /** 1 / sqrt(x) to 14 bits. */
  public final void vrsqrt14ps(Vec to, Source from) {
    two("vrsqrt14ps", Form.avx512(Space.P66_0F38, 0x4e, Piece.FULL), to, from);
  }

  /** The lanes for which a predicate holds: 0 equal, 1 less, 2 not greater, 3 unordered, ... */
  public final void vcmpps(Mask to, Vec a, Source b, int predicate) {
    compare("vcmpps", Form.avx512(Space.NP_0F, 0xc2, Piece.FULL), to, a, b, predicate);
  }

  /** The same as lanes of all ones or zeros, without AVX-512. */
  public final void vcmpps(Vec to, Vec a, Source b, int predicate) {
    three("vcmpps", Form.avx(Space.NP_0F, 0xc2), to, a, b, predicate);
  }

  /** The lanes of one of the classes that the constant has bits for. */
  public final void vfpclassps(Mask to, Vec from, int classes) {
    line("vfpclassps", to, from, classes);
    from.unmasked();
    Form form = Form.avx512(Space.P66_0F3A, 0x66, Piece.FULL);
    vector(form, from.bytes(), to.number(), null, from, to.by(), false);
    immediate(classes);
  }
}
