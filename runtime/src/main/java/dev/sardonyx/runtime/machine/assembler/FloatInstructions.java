package dev.sardonyx.runtime.machine.assembler;

/**
 * Arithmetic of floats in vectors. Each method is one instruction, named as in Intel's manual; the
 * first operand is the destination, whose length is the length of the operation.
 */
abstract class FloatInstructions extends VectorEncoder {

  /** a + b. */
  public final void vaddps(Vec to, Vec a, Source b) {
    three("vaddps", form(Space.NP_0F, 0x58), to, a, b);
  }

  /** a - b. */
  public final void vsubps(Vec to, Vec a, Source b) {
    three("vsubps", form(Space.NP_0F, 0x5c), to, a, b);
  }

  /** a * b. */
  public final void vmulps(Vec to, Vec a, Source b) {
    three("vmulps", form(Space.NP_0F, 0x59), to, a, b);
  }

  /** a / b. */
  public final void vdivps(Vec to, Vec a, Source b) {
    three("vdivps", form(Space.NP_0F, 0x5e), to, a, b);
  }

  /** a &lt; b ? a : b; b where one is NaN or both are zero. */
  public final void vminps(Vec to, Vec a, Source b) {
    three("vminps", form(Space.NP_0F, 0x5d), to, a, b);
  }

  /** a &gt; b ? a : b; b where one is NaN or both are zero. */
  public final void vmaxps(Vec to, Vec a, Source b) {
    three("vmaxps", form(Space.NP_0F, 0x5f), to, a, b);
  }

  /** The square root. */
  public final void vsqrtps(Vec to, Source from) {
    two("vsqrtps", form(Space.NP_0F, 0x51), to, from);
  }

  /** to * b + a, rounded once. */
  public final void vfmadd132ps(Vec to, Vec a, Source b) {
    three("vfmadd132ps", form(Space.P66_0F38, 0x98), to, a, b);
  }

  /** a * to + b, rounded once. */
  public final void vfmadd213ps(Vec to, Vec a, Source b) {
    three("vfmadd213ps", form(Space.P66_0F38, 0xa8), to, a, b);
  }

  /** a * b + to, rounded once. */
  public final void vfmadd231ps(Vec to, Vec a, Source b) {
    three("vfmadd231ps", form(Space.P66_0F38, 0xb8), to, a, b);
  }

  /** a * to - b, rounded once. */
  public final void vfmsub213ps(Vec to, Vec a, Source b) {
    three("vfmsub213ps", form(Space.P66_0F38, 0xaa), to, a, b);
  }

  /** a * b - to, rounded once. */
  public final void vfmsub231ps(Vec to, Vec a, Source b) {
    three("vfmsub231ps", form(Space.P66_0F38, 0xba), to, a, b);
  }

  /** -(a * to) + b, rounded once. */
  public final void vfnmadd213ps(Vec to, Vec a, Source b) {
    three("vfnmadd213ps", form(Space.P66_0F38, 0xac), to, a, b);
  }

  /** -(a * b) + to, rounded once. */
  public final void vfnmadd231ps(Vec to, Vec a, Source b) {
    three("vfnmadd231ps", form(Space.P66_0F38, 0xbc), to, a, b);
  }

  /** a + b of the first lane. */
  public final void vaddss(Vec to, Vec a, Source b) {
    three("vaddss", form(Space.F3_0F, 0x58, Piece.FOUR), to, a, b);
  }

  /** a - b of the first lane. */
  public final void vsubss(Vec to, Vec a, Source b) {
    three("vsubss", form(Space.F3_0F, 0x5c, Piece.FOUR), to, a, b);
  }

  /** a * b of the first lane. */
  public final void vmulss(Vec to, Vec a, Source b) {
    three("vmulss", form(Space.F3_0F, 0x59, Piece.FOUR), to, a, b);
  }

  /** a / b of the first lane. */
  public final void vdivss(Vec to, Vec a, Source b) {
    three("vdivss", form(Space.F3_0F, 0x5e, Piece.FOUR), to, a, b);
  }

  /** vminps of the first lane. */
  public final void vminss(Vec to, Vec a, Source b) {
    three("vminss", form(Space.F3_0F, 0x5d, Piece.FOUR), to, a, b);
  }

  /** vmaxps of the first lane. */
  public final void vmaxss(Vec to, Vec a, Source b) {
    three("vmaxss", form(Space.F3_0F, 0x5f, Piece.FOUR), to, a, b);
  }

  /** The root of b in the first lane; the others from a. */
  public final void vsqrtss(Vec to, Vec a, Source b) {
    three("vsqrtss", form(Space.F3_0F, 0x51, Piece.FOUR), to, a, b);
  }

  /** a * b + to of the first lane. */
  public final void vfmadd231ss(Vec to, Vec a, Source b) {
    three("vfmadd231ss", form(Space.P66_0F38, 0xb9, Piece.FOUR), to, a, b);
  }

  /** Bits of both. */
  public final void vandps(Vec to, Vec a, Source b) {
    three("vandps", form(Space.NP_0F, 0x54), to, a, b);
  }

  /** Bits of b that a does not have. */
  public final void vandnps(Vec to, Vec a, Source b) {
    three("vandnps", form(Space.NP_0F, 0x55), to, a, b);
  }

  /** Bits of either. */
  public final void vorps(Vec to, Vec a, Source b) {
    three("vorps", form(Space.NP_0F, 0x56), to, a, b);
  }

  /** Bits of one of them. */
  public final void vxorps(Vec to, Vec a, Source b) {
    three("vxorps", form(Space.NP_0F, 0x57), to, a, b);
  }

  /** a + b of doubles. */
  public final void vaddpd(Vec to, Vec a, Source b) {
    three("vaddpd", new Form(Space.P66_0F, Wide.ONE_IN_EVEX, 0x58, Piece.FULL, true), to, a, b);
  }

  /** a - b of doubles. */
  public final void vsubpd(Vec to, Vec a, Source b) {
    three("vsubpd", new Form(Space.P66_0F, Wide.ONE_IN_EVEX, 0x5c, Piece.FULL, true), to, a, b);
  }

  /** a * b of doubles. */
  public final void vmulpd(Vec to, Vec a, Source b) {
    three("vmulpd", new Form(Space.P66_0F, Wide.ONE_IN_EVEX, 0x59, Piece.FULL, true), to, a, b);
  }

  /** a / b of doubles. */
  public final void vdivpd(Vec to, Vec a, Source b) {
    three("vdivpd", new Form(Space.P66_0F, Wide.ONE_IN_EVEX, 0x5e, Piece.FULL, true), to, a, b);
  }

  /** The square root of doubles. */
  public final void vsqrtpd(Vec to, Source from) {
    two("vsqrtpd", new Form(Space.P66_0F, Wide.ONE_IN_EVEX, 0x51, Piece.FULL, true), to, from);
  }

  /** a * b + to of doubles. */
  public final void vfmadd231pd(Vec to, Vec a, Source b) {
    three("vfmadd231pd", new Form(Space.P66_0F38, Wide.ONE, 0xb8, Piece.FULL, true), to, a, b);
  }

  /** Floats, of half a vector, to doubles. */
  public final void vcvtps2pd(Vec to, Source from) {
    two("vcvtps2pd", form(Space.NP_0F, 0x5a, Piece.HALF), to, from);
  }

  /** Doubles to floats of half a vector. */
  public final void vcvtpd2ps(Vec to, Vec from) {
    line("vcvtpd2ps", to, from);
    Form form = new Form(Space.P66_0F, Wide.ONE_IN_EVEX, 0x5a, Piece.FULL, true);
    vector(form, from.bytes(), to.number(), null, from, to.mask(), to.zeroing());
  }

  /** Rounded to whole numbers: 0 to the nearest, 1 down, 2 up, 3 to zero; 8 more: silent. */
  public final void vrndscaleps(Vec to, Source from, int constant) {
    two("vrndscaleps", long512(Space.P66_0F3A, Wide.ZERO, 0x08, Piece.FULL), to, from, constant);
  }

  /** The same without AVX-512. */
  public final void vroundps(Vec to, Source from, int constant) {
    two("vroundps", form(Space.P66_0F3A, 0x08), to, from, constant);
  }

  /** a * 2 to the floor of b. */
  public final void vscalefps(Vec to, Vec a, Source b) {
    three("vscalefps", long512(Space.P66_0F38, Wide.ZERO, 0x2c, Piece.FULL), to, a, b);
  }

  /** The exponent as a number. */
  public final void vgetexpps(Vec to, Source from) {
    two("vgetexpps", long512(Space.P66_0F38, Wide.ZERO, 0x42, Piece.FULL), to, from);
  }

  /** The mantissa; the constant says its interval and sign. */
  public final void vgetmantps(Vec to, Source from, int constant) {
    two("vgetmantps", long512(Space.P66_0F3A, Wide.ZERO, 0x26, Piece.FULL), to, from, constant);
  }

  /** 1 / x to 14 bits. */
  public final void vrcp14ps(Vec to, Source from) {
    two("vrcp14ps", long512(Space.P66_0F38, Wide.ZERO, 0x4c, Piece.FULL), to, from);
  }

  /** 1 / sqrt(x) to 14 bits. */
  public final void vrsqrt14ps(Vec to, Source from) {
    two("vrsqrt14ps", long512(Space.P66_0F38, Wide.ZERO, 0x4e, Piece.FULL), to, from);
  }

  /** The lanes for which a predicate holds: 0 equal, 1 less, 2 not greater, 3 unordered, ... */
  public final void vcmpps(Mask to, Vec a, Source b, int predicate) {
    line("vcmpps", to, a, b, predicate);
    Form form = long512(Space.NP_0F, Wide.ZERO, 0xc2, Piece.FULL);
    vector(form, a.bytes(), to.number(), a, b, a.mask(), false);
    put(predicate);
  }

  /** The same as lanes of all ones or zeros, without AVX-512. */
  public final void vcmpps(Vec to, Vec a, Source b, int predicate) {
    three("vcmpps", form(Space.NP_0F, 0xc2), to, a, b, predicate);
  }

  /** The lanes of one of the classes that the constant has bits for. */
  public final void vfpclassps(Mask to, Vec from, int classes) {
    line("vfpclassps", to, from, classes);
    Form form = long512(Space.P66_0F3A, Wide.ZERO, 0x66, Piece.FULL);
    vector(form, from.bytes(), to.number(), null, from, from.mask(), false);
    put(classes);
  }
}
