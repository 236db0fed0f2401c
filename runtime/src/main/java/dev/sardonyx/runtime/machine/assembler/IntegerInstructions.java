package dev.sardonyx.runtime.machine.assembler;

/** Arithmetic of integers in vectors, and conversions. */
abstract class IntegerInstructions extends MoveInstructions {
  IntegerInstructions(boolean hasAvx512) {
    super(hasAvx512);
  }

  /** a + b of ints. */
  public final void vpaddd(Vec to, Vec a, Source b) {
    three("vpaddd", Form.form(Space.P66_0F, 0xfe), to, a, b);
  }

  /** a - b of ints. */
  public final void vpsubd(Vec to, Vec a, Source b) {
    three("vpsubd", Form.form(Space.P66_0F, 0xfa), to, a, b);
  }

  /** a * b of ints. */
  public final void vpmulld(Vec to, Vec a, Source b) {
    three("vpmulld", Form.form(Space.P66_0F38, 0x40), to, a, b);
  }

  /** The larger of ints. */
  public final void vpmaxsd(Vec to, Vec a, Source b) {
    three("vpmaxsd", Form.form(Space.P66_0F38, 0x3d), to, a, b);
  }

  /** The smaller of ints. */
  public final void vpminsd(Vec to, Vec a, Source b) {
    three("vpminsd", Form.form(Space.P66_0F38, 0x39), to, a, b);
  }

  /** The larger of ints without signs. */
  public final void vpmaxud(Vec to, Vec a, Source b) {
    three("vpmaxud", Form.form(Space.P66_0F38, 0x3f), to, a, b);
  }

  /** The larger of bytes without signs. */
  public final void vpmaxub(Vec to, Vec a, Source b) {
    three("vpmaxub", Form.form(Space.P66_0F, 0xde, Piece.WHOLE), to, a, b);
  }

  /** The larger of bytes with signs. */
  public final void vpmaxsb(Vec to, Vec a, Source b) {
    three("vpmaxsb", Form.form(Space.P66_0F38, 0x3c, Piece.WHOLE), to, a, b);
  }

  /** Sums of two products of shorts. */
  public final void vpmaddwd(Vec to, Vec a, Source b) {
    three("vpmaddwd", Form.form(Space.P66_0F, 0xf5, Piece.WHOLE), to, a, b);
  }

  /** Sums of two products of bytes, a without and b with signs, saturated to shorts. */
  public final void vpmaddubsw(Vec to, Vec a, Source b) {
    three("vpmaddubsw", Form.form(Space.P66_0F38, 0x04, Piece.WHOLE), to, a, b);
  }

  /** Bytes of a where b tells, in each quarter. */
  public final void vpshufb(Vec to, Vec a, Source b) {
    three("vpshufb", Form.form(Space.P66_0F38, 0x00, Piece.WHOLE), to, a, b);
  }

  /** Ints to shorts, saturated, in each quarter. */
  public final void vpackssdw(Vec to, Vec a, Source b) {
    three("vpackssdw", Form.form(Space.P66_0F, 0x6b), to, a, b);
  }

  /** Ints to shorts without signs, saturated. */
  public final void vpackusdw(Vec to, Vec a, Source b) {
    three("vpackusdw", Form.form(Space.P66_0F38, 0x2b), to, a, b);
  }

  /** Shorts to bytes, saturated. */
  public final void vpacksswb(Vec to, Vec a, Source b) {
    three("vpacksswb", Form.form(Space.P66_0F, 0x63, Piece.WHOLE), to, a, b);
  }

  /** Shorts to bytes without signs, saturated. */
  public final void vpackuswb(Vec to, Vec a, Source b) {
    three("vpackuswb", Form.form(Space.P66_0F, 0x67, Piece.WHOLE), to, a, b);
  }

  /** Low bytes in turn. */
  public final void vpunpcklbw(Vec to, Vec a, Source b) {
    three("vpunpcklbw", Form.form(Space.P66_0F, 0x60, Piece.WHOLE), to, a, b);
  }

  /** High bytes in turn. */
  public final void vpunpckhbw(Vec to, Vec a, Source b) {
    three("vpunpckhbw", Form.form(Space.P66_0F, 0x68, Piece.WHOLE), to, a, b);
  }

  /** Low shorts in turn. */
  public final void vpunpcklwd(Vec to, Vec a, Source b) {
    three("vpunpcklwd", Form.form(Space.P66_0F, 0x61, Piece.WHOLE), to, a, b);
  }

  /** High shorts in turn. */
  public final void vpunpckhwd(Vec to, Vec a, Source b) {
    three("vpunpckhwd", Form.form(Space.P66_0F, 0x69, Piece.WHOLE), to, a, b);
  }

  /** Low ints in turn. */
  public final void vpunpckldq(Vec to, Vec a, Source b) {
    three("vpunpckldq", Form.form(Space.P66_0F, 0x62), to, a, b);
  }

  /** High ints in turn. */
  public final void vpunpckhdq(Vec to, Vec a, Source b) {
    three("vpunpckhdq", Form.form(Space.P66_0F, 0x6a), to, a, b);
  }

  /** Low longs in turn. */
  public final void vpunpcklqdq(Vec to, Vec a, Source b) {
    three("vpunpcklqdq", Form.doubles(Space.P66_0F, 0x6c), to, a, b);
  }

  /** High longs in turn. */
  public final void vpunpckhqdq(Vec to, Vec a, Source b) {
    three("vpunpckhqdq", Form.doubles(Space.P66_0F, 0x6d), to, a, b);
  }

  /** Ints of b where a tells. */
  public final void vpermd(Vec to, Vec a, Source b) {
    three("vpermd", Form.form(Space.P66_0F38, 0x36).on(Form.Lengths.LONG), to, a, b);
  }

  /** Bits of both (AVX-512). */
  public final void vpandd(Vec to, Vec a, Source b) {
    three("vpandd", Form.avx512(Space.P66_0F, 0xdb, Piece.FULL), to, a, b);
  }

  /** Bits of either (AVX-512). */
  public final void vpord(Vec to, Vec a, Source b) {
    three("vpord", Form.avx512(Space.P66_0F, 0xeb, Piece.FULL), to, a, b);
  }

  /** Bits of one of them (AVX-512). */
  public final void vpxord(Vec to, Vec a, Source b) {
    three("vpxord", Form.avx512(Space.P66_0F, 0xef, Piece.FULL), to, a, b);
  }

  /** Ints of to and b where a tells. */
  public final void vpermt2d(Vec to, Vec a, Source b) {
    three("vpermt2d", Form.avx512(Space.P66_0F38, 0x7e, Piece.FULL), to, a, b);
  }

  /** Shorts of to and b where a tells. */
  public final void vpermt2w(Vec to, Vec a, Source b) {
    three("vpermt2w", Form.avx512(Space.P66_0F38, 0x7d, Piece.WHOLE).wide(Wide.ONE), to, a, b);
  }

  /** Shorts of b where a tells. */
  public final void vpermw(Vec to, Vec a, Source b) {
    three("vpermw", Form.avx512(Space.P66_0F38, 0x8d, Piece.WHOLE).wide(Wide.ONE), to, a, b);
  }

  /** to + sums of four products of bytes, a without and b with signs (VNNI). */
  public final void vpdpbusd(Vec to, Vec a, Source b) {
    three("vpdpbusd", Form.avx512(Space.P66_0F38, 0x50, Piece.FULL), to, a, b);
  }

  /** The same without AVX-512 (AVX-VNNI). */
  public final void vexVpdpbusd(Vec to, Vec a, Source b) {
    three("{vex} vpdpbusd", Form.avx(Space.P66_0F38, 0x50), to, a, b);
  }

  /** to + sums of two products of shorts (VNNI). */
  public final void vpdpwssd(Vec to, Vec a, Source b) {
    three("vpdpwssd", Form.avx512(Space.P66_0F38, 0x52, Piece.FULL), to, a, b);
  }

  /** b, then a, to bfloat16. */
  public final void vcvtne2ps2bf16(Vec to, Vec a, Source b) {
    three("vcvtne2ps2bf16", Form.avx512(Space.F2_0F38, 0x72, Piece.FULL), to, a, b);
  }

  /** to + sums of two products of bfloat16. */
  public final void vdpbf16ps(Vec to, Vec a, Source b) {
    three("vdpbf16ps", Form.avx512(Space.F3_0F38, 0x52, Piece.FULL), to, a, b);
  }

  /** Bits of both (AVX2). */
  public final void vpand(Vec to, Vec a, Source b) {
    three("vpand", Form.avx(Space.P66_0F, 0xdb), to, a, b);
  }

  /** Bits of either (AVX2). */
  public final void vpor(Vec to, Vec a, Source b) {
    three("vpor", Form.avx(Space.P66_0F, 0xeb), to, a, b);
  }

  /** Bits of one of them (AVX2). */
  public final void vpxor(Vec to, Vec a, Source b) {
    three("vpxor", Form.avx(Space.P66_0F, 0xef), to, a, b);
  }

  /** Lanes of all ones where a is larger (AVX2). */
  public final void vpcmpgtd(Vec to, Vec a, Source b) {
    three("vpcmpgtd", Form.avx(Space.P66_0F, 0x66), to, a, b);
  }

  /** Lanes of all ones where both are equal (AVX2). */
  public final void vpcmpeqd(Vec to, Vec a, Source b) {
    three("vpcmpeqd", Form.avx(Space.P66_0F, 0x76), to, a, b);
  }

  /** Bits by a table of eight bits over those of to, a and b. */
  public final void vpternlogd(Vec to, Vec a, Source b, int constant) {
    three("vpternlogd", Form.avx512(Space.P66_0F3A, 0x25, Piece.FULL), to, a, b, constant);
  }

  /** Shorts shifted to the left. */
  public final void vpsllw(Vec to, Vec from, int bits) {
    shift("vpsllw", Form.form(Space.P66_0F, 0x71, Piece.WHOLE), 6, to, from, bits);
  }

  /** Shorts shifted to the right, with zeros. */
  public final void vpsrlw(Vec to, Vec from, int bits) {
    shift("vpsrlw", Form.form(Space.P66_0F, 0x71, Piece.WHOLE), 2, to, from, bits);
  }

  /** Shorts shifted to the right, with their sign. */
  public final void vpsraw(Vec to, Vec from, int bits) {
    shift("vpsraw", Form.form(Space.P66_0F, 0x71, Piece.WHOLE), 4, to, from, bits);
  }

  /** Ints shifted to the left. */
  public final void vpslld(Vec to, Vec from, int bits) {
    shift("vpslld", Form.form(Space.P66_0F, 0x72), 6, to, from, bits);
  }

  /** Ints shifted to the right, with zeros. */
  public final void vpsrld(Vec to, Vec from, int bits) {
    shift("vpsrld", Form.form(Space.P66_0F, 0x72), 2, to, from, bits);
  }

  /** Ints shifted to the right, with their sign. */
  public final void vpsrad(Vec to, Vec from, int bits) {
    shift("vpsrad", Form.form(Space.P66_0F, 0x72), 4, to, from, bits);
  }

  /** Ints in each quarter where the constant tells. */
  public final void vpshufd(Vec to, Source from, int constant) {
    two("vpshufd", Form.form(Space.P66_0F, 0x70), to, from, constant);
  }

  /** Floats to ints, to the nearest. */
  public final void vcvtps2dq(Vec to, Source from) {
    two("vcvtps2dq", Form.form(Space.P66_0F, 0x5b), to, from);
  }

  /** Floats to ints, to zero. */
  public final void vcvttps2dq(Vec to, Source from) {
    two("vcvttps2dq", Form.form(Space.F3_0F, 0x5b), to, from);
  }

  /** Ints to floats. */
  public final void vcvtdq2ps(Vec to, Source from) {
    two("vcvtdq2ps", Form.form(Space.NP_0F, 0x5b), to, from);
  }

  /** Float16 to floats. */
  public final void vcvtph2ps(Vec to, Source from) {
    two("vcvtph2ps", Form.form(Space.P66_0F38, 0x13, Piece.HALF), to, from);
  }

  /** Shorts to ints, with zeros. */
  public final void vpmovzxwd(Vec to, Source from) {
    two("vpmovzxwd", Form.form(Space.P66_0F38, 0x33, Piece.HALF), to, from);
  }

  /** Shorts to ints, with their sign. */
  public final void vpmovsxwd(Vec to, Source from) {
    two("vpmovsxwd", Form.form(Space.P66_0F38, 0x23, Piece.HALF), to, from);
  }

  /** Bytes to ints, with zeros. */
  public final void vpmovzxbd(Vec to, Source from) {
    two("vpmovzxbd", Form.form(Space.P66_0F38, 0x31, Piece.QUARTER), to, from);
  }

  /** Bytes to ints, with their sign. */
  public final void vpmovsxbd(Vec to, Source from) {
    two("vpmovsxbd", Form.form(Space.P66_0F38, 0x21, Piece.QUARTER), to, from);
  }

  /** Bytes to shorts, with zeros. */
  public final void vpmovzxbw(Vec to, Source from) {
    two("vpmovzxbw", Form.form(Space.P66_0F38, 0x30, Piece.HALF), to, from);
  }

  /** Bytes to shorts, with their sign. */
  public final void vpmovsxbw(Vec to, Source from) {
    two("vpmovsxbw", Form.form(Space.P66_0F38, 0x20, Piece.HALF), to, from);
  }

  /** Floats to float16, rounded as the constant tells; 0 to the nearest. */
  public final void vcvtps2ph(Source to, Vec from, int constant) {
    part("vcvtps2ph", Form.form(Space.P66_0F3A, 0x1d, Piece.HALF), to, from, constant);
  }

  /** The low bytes of ints. */
  public final void vpmovdb(Source to, Vec from) {
    part("vpmovdb", Form.avx512(Space.F3_0F38, 0x31, Piece.QUARTER), to, from);
  }

  /** Ints to bytes, saturated. */
  public final void vpmovsdb(Source to, Vec from) {
    part("vpmovsdb", Form.avx512(Space.F3_0F38, 0x21, Piece.QUARTER), to, from);
  }

  /** Ints to bytes without signs, saturated. */
  public final void vpmovusdb(Source to, Vec from) {
    part("vpmovusdb", Form.avx512(Space.F3_0F38, 0x11, Piece.QUARTER), to, from);
  }

  /** The low shorts of ints. */
  public final void vpmovdw(Source to, Vec from) {
    part("vpmovdw", Form.avx512(Space.F3_0F38, 0x33, Piece.HALF), to, from);
  }

  /** Floats to bfloat16 of half a vector, to the nearest. */
  public final void vcvtneps2bf16(Vec to, Vec from) {
    half("vcvtneps2bf16", Form.avx512(Space.F3_0F38, 0x72, Piece.FULL), to, from);
  }

  /** The lanes for which a predicate of ints holds: 0 equal, 1 less, 2 not greater, ... */
  public final void vpcmpd(Mask to, Vec a, Source b, int predicate) {
    compare("vpcmpd", Form.avx512(Space.P66_0F3A, 0x1f, Piece.FULL), to, a, b, predicate);
  }

  /** The lanes where a and b have a bit in common. */
  public final void vptestmd(Mask to, Vec a, Source b) {
    compare("vptestmd", Form.avx512(Space.P66_0F38, 0x27, Piece.FULL), to, a, b);
  }
}
