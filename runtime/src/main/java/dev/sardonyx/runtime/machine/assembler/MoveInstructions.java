package dev.sardonyx.runtime.machine.assembler;

/** Loads, stores, shuffles and masks. */
abstract class MoveInstructions extends FloatInstructions {
  MoveInstructions(boolean hasAvx512) {
    super(hasAvx512);
  }

  /** Loads or copies floats. */
  public final void vmovups(Vec to, Source from) {
    two("vmovups", Form.form(Space.NP_0F, 0x10, Piece.WHOLE), to, from);
  }

  /** Stores floats. */
  public final void vmovups(Mem to, Vec from) {
    store("vmovups", Form.form(Space.NP_0F, 0x11, Piece.WHOLE), to, from);
  }

  /** Loads or copies floats at a multiple of the vector. */
  public final void vmovaps(Vec to, Source from) {
    two("vmovaps", Form.form(Space.NP_0F, 0x28, Piece.WHOLE), to, from);
  }

  /** Stores floats at a multiple of the vector. */
  public final void vmovaps(Mem to, Vec from) {
    store("vmovaps", Form.form(Space.NP_0F, 0x29, Piece.WHOLE), to, from);
  }

  /** Loads or copies ints. */
  public final void vmovdqu32(Vec to, Source from) {
    two("vmovdqu32", Form.avx512(Space.F3_0F, 0x6f, Piece.WHOLE), to, from);
  }

  /** Stores ints. */
  public final void vmovdqu32(Mem to, Vec from) {
    store("vmovdqu32", Form.avx512(Space.F3_0F, 0x7f, Piece.WHOLE), to, from);
  }

  /** Loads or copies shorts. */
  public final void vmovdqu16(Vec to, Source from) {
    two("vmovdqu16", Form.avx512(Space.F2_0F, 0x6f, Piece.WHOLE).wide(Wide.ONE), to, from);
  }

  /** Stores shorts. */
  public final void vmovdqu16(Mem to, Vec from) {
    store("vmovdqu16", Form.avx512(Space.F2_0F, 0x7f, Piece.WHOLE).wide(Wide.ONE), to, from);
  }

  /** Loads or copies bytes. */
  public final void vmovdqu8(Vec to, Source from) {
    two("vmovdqu8", Form.avx512(Space.F2_0F, 0x6f, Piece.WHOLE), to, from);
  }

  /** Stores bytes. */
  public final void vmovdqu8(Mem to, Vec from) {
    store("vmovdqu8", Form.avx512(Space.F2_0F, 0x7f, Piece.WHOLE), to, from);
  }

  /** Loads or copies bits, without AVX-512. */
  public final void vmovdqu(Vec to, Source from) {
    two("vmovdqu", Form.avx(Space.F3_0F, 0x6f), to, from);
  }

  /** Stores bits, without AVX-512. */
  public final void vmovdqu(Mem to, Vec from) {
    store("vmovdqu", Form.avx(Space.F3_0F, 0x7f), to, from);
  }

  /** The first float for all lanes. */
  public final void vbroadcastss(Vec to, Source from) {
    two("vbroadcastss", Form.form(Space.P66_0F38, 0x18, Piece.FOUR), to, from);
  }

  /** Eight bytes for all lanes. */
  public final void vbroadcastsd(Vec to, Source from) {
    two(
        "vbroadcastsd",
        Form.doubles(Space.P66_0F38, 0x19).of(Piece.EIGHT).on(Form.Lengths.LONG),
        to,
        from);
  }

  /** 16 bytes for all quarters. */
  public final void vbroadcastf32x4(Vec to, Mem from) {
    two(
        "vbroadcastf32x4",
        Form.avx512(Space.P66_0F38, 0x1a, Piece.SIXTEEN).on(Form.Lengths.LONG),
        to,
        from);
  }

  /** The first int for all lanes. */
  public final void vpbroadcastd(Vec to, Source from) {
    two("vpbroadcastd", Form.form(Space.P66_0F38, 0x58, Piece.FOUR), to, from);
  }

  /** The first short for all lanes. */
  public final void vpbroadcastw(Vec to, Source from) {
    two("vpbroadcastw", Form.form(Space.P66_0F38, 0x79, Piece.TWO), to, from);
  }

  /** The first byte for all lanes. */
  public final void vpbroadcastb(Vec to, Source from) {
    two("vpbroadcastb", Form.form(Space.P66_0F38, 0x78, Piece.ONE), to, from);
  }

  /** Loads a float; the other lanes become zero. */
  public final void vmovss(Vec to, Mem from) {
    two("vmovss", Form.scalar(Space.F3_0F, 0x10), to, from);
  }

  /** Stores the first float. */
  public final void vmovss(Mem to, Vec from) {
    store("vmovss", Form.scalar(Space.F3_0F, 0x11), to, from);
  }

  /** Stores the first eight bytes (AVX). */
  public final void vmovq(Mem to, Vec from) {
    line("vmovq", to, from.unmasked());
    Form form = Form.avx(Space.P66_0F, 0xd6).of(Piece.EIGHT).on(Form.Lengths.XMM);
    vector(form, from.bytes(), from.number(), null, to.plain(), 0, false);
  }

  /** The signs of all lanes (AVX). */
  public final void vmovmskps(Gp to, Vec from) {
    line("vmovmskps", to.low(), from.unmasked());
    vector(Form.avx(Space.NP_0F, 0x50), from.bytes(), to.ordinal(), null, from, 0, false);
  }

  /** 32 bits of a general register; the other lanes become zero. */
  public final void vmovd(Vec to, Gp from) {
    line("vmovd", to.unmasked(), from.low());
    Vec register = Vec.xmm(from.ordinal());
    vector(Form.scalar(Space.P66_0F, 0x6e), to.bytes(), to.number(), null, register, 0, false);
  }

  /** The first 32 bits. */
  public final void vmovd(Gp to, Vec from) {
    line("vmovd", to.low(), from.unmasked());
    Vec register = Vec.xmm(to.ordinal());
    vector(Form.scalar(Space.P66_0F, 0x7e), from.bytes(), from.number(), null, register, 0, false);
  }

  /** 32 bits of a general register for all lanes (AVX-512). */
  public final void vpbroadcastd(Vec to, Gp from) {
    line("vpbroadcastd", to, from.low());
    Form form = Form.avx512(Space.P66_0F38, 0x7c, Piece.FOUR);
    Vec register = Vec.xmm(from.ordinal());
    vector(form, to.bytes(), to.number(), null, register, to.mask(), to.zeroing());
  }

  /** Loads the lanes whose mask has its sign set; others become zero (AVX). */
  public final void vmaskmovps(Vec to, Vec mask, Mem from) {
    three("vmaskmovps", Form.avx(Space.P66_0F38, 0x2c), to, mask, from);
  }

  /** Stores the lanes whose mask has its sign set (AVX). */
  public final void vmaskmovps(Mem to, Vec mask, Vec from) {
    line("vmaskmovps", to, mask, from);
    mask.unmasked();
    from.unmasked();
    vector(Form.avx(Space.P66_0F38, 0x2e), from.bytes(), from.number(), mask, to.plain(), 0, false);
  }

  /** Two lanes of a, then two of b, in each quarter. */
  public final void vshufps(Vec to, Vec a, Source b, int constant) {
    three("vshufps", Form.form(Space.NP_0F, 0xc6), to, a, b, constant);
  }

  /** Low lanes of a and b in turn, in each quarter. */
  public final void vunpcklps(Vec to, Vec a, Source b) {
    three("vunpcklps", Form.form(Space.NP_0F, 0x14), to, a, b);
  }

  /** High lanes of a and b in turn, in each quarter. */
  public final void vunpckhps(Vec to, Vec a, Source b) {
    three("vunpckhps", Form.form(Space.NP_0F, 0x15), to, a, b);
  }

  /** Low pairs of lanes of a and b, in each quarter. */
  public final void vunpcklpd(Vec to, Vec a, Source b) {
    three("vunpcklpd", Form.doubles(Space.P66_0F, 0x14), to, a, b);
  }

  /** High pairs of lanes of a and b, in each quarter. */
  public final void vunpckhpd(Vec to, Vec a, Source b) {
    three("vunpckhpd", Form.doubles(Space.P66_0F, 0x15), to, a, b);
  }

  /** Quarters of a, then of b. */
  public final void vshuff32x4(Vec to, Vec a, Source b, int constant) {
    three(
        "vshuff32x4",
        Form.avx512(Space.P66_0F3A, 0x23, Piece.FULL).on(Form.Lengths.LONG),
        to,
        a,
        b,
        constant);
  }

  /** Halves of a and b (AVX). */
  public final void vperm2f128(Vec to, Vec a, Source b, int constant) {
    three("vperm2f128", Form.avx(Space.P66_0F3A, 0x06).on(Form.Lengths.YMM), to, a, b, constant);
  }

  /** Lanes of b where a tells. */
  public final void vpermps(Vec to, Vec a, Source b) {
    three("vpermps", Form.form(Space.P66_0F38, 0x16).on(Form.Lengths.LONG), to, a, b);
  }

  /** Lanes of to and b where a tells. */
  public final void vpermt2ps(Vec to, Vec a, Source b) {
    three("vpermt2ps", Form.avx512(Space.P66_0F38, 0x7f, Piece.FULL), to, a, b);
  }

  /** Lanes of a and b where to tells. */
  public final void vpermi2ps(Vec to, Vec a, Source b) {
    three("vpermi2ps", Form.avx512(Space.P66_0F38, 0x77, Piece.FULL), to, a, b);
  }

  /** Lanes in each quarter where the constant tells. */
  public final void vpermilps(Vec to, Source from, int constant) {
    two("vpermilps", Form.form(Space.P66_0F3A, 0x04), to, from, constant);
  }

  /** b and a behind it, shifted down by lanes. */
  public final void valignd(Vec to, Vec a, Source b, int constant) {
    three("valignd", Form.avx512(Space.P66_0F3A, 0x03, Piece.FULL), to, a, b, constant);
  }

  /** Odd lanes, twice each. */
  public final void vmovshdup(Vec to, Source from) {
    two("vmovshdup", Form.form(Space.F3_0F, 0x16, Piece.WHOLE), to, from);
  }

  /** The high half of b, then that of a, in 128 bits. */
  public final void vmovhlps(Vec to, Vec a, Vec b) {
    to.unmasked();
    three("vmovhlps", Form.form(Space.NP_0F, 0x12, Piece.WHOLE).on(Form.Lengths.XMM), to, a, b);
  }

  /** A half of 512 bits. */
  public final void vextractf32x8(Source to, Vec from, int constant) {
    part(
        "vextractf32x8",
        Form.avx512(Space.P66_0F3A, 0x1b, Piece.THIRTY_TWO).on(Form.Lengths.ZMM),
        to,
        from,
        constant);
  }

  /** A quarter of 512 bits. */
  public final void vextractf32x4(Source to, Vec from, int constant) {
    part(
        "vextractf32x4",
        Form.avx512(Space.P66_0F3A, 0x19, Piece.SIXTEEN).on(Form.Lengths.LONG),
        to,
        from,
        constant);
  }

  /** A half of 256 bits (AVX). */
  public final void vextractf128(Source to, Vec from, int constant) {
    part(
        "vextractf128",
        Form.avx(Space.P66_0F3A, 0x19).of(Piece.SIXTEEN).on(Form.Lengths.YMM),
        to,
        from,
        constant);
  }

  /** a with a half from b. */
  public final void vinsertf32x8(Vec to, Vec a, Source b, int constant) {
    three(
        "vinsertf32x8",
        Form.avx512(Space.P66_0F3A, 0x1a, Piece.THIRTY_TWO).on(Form.Lengths.ZMM),
        to,
        a,
        b,
        constant);
  }

  /** a with a half from b (AVX). */
  public final void vinsertf128(Vec to, Vec a, Source b, int constant) {
    three(
        "vinsertf128",
        Form.avx(Space.P66_0F3A, 0x18).of(Piece.SIXTEEN).on(Form.Lengths.YMM),
        to,
        a,
        b,
        constant);
  }

  /** b in the lanes of the mask, else a. */
  public final void vblendmps(Vec to, Vec a, Source b) {
    three("vblendmps", Form.avx512(Space.P66_0F38, 0x65, Piece.FULL), to, a, b);
  }

  /** b in the lanes whose mask has its sign set, else a (AVX). */
  public final void vblendvps(Vec to, Vec a, Source b, Vec mask) {
    mask.unmasked();
    if (mask.number() > 15 || mask.bytes() != to.bytes()) {
      throw new IllegalArgumentException("no such mask: " + mask + " of " + to);
    }
    line("vblendvps", to, a, b, mask);
    operation(Form.avx(Space.P66_0F3A, 0x4a), to, a, b);
    immediate(mask.number() << 4);
  }

  /** A mask from a general register: 16 lanes. */
  public final void kmovw(Mask to, Gp from) {
    masks("kmovw", Space.NP_0F, Wide.ZERO, 0x92, to, from);
  }

  /** 32 lanes. */
  public final void kmovd(Mask to, Gp from) {
    masks("kmovd", Space.F2_0F, Wide.ZERO, 0x92, to, from);
  }

  /** 64 lanes. */
  public final void kmovq(Mask to, Gp from) {
    masks("kmovq", Space.F2_0F, Wide.ONE, 0x92, to, from);
  }

  private void masks(String name, Space space, Wide wide, int opcode, Mask to, Gp from) {
    needAvx512("masks");
    line(name, to.plain(), wide == Wide.ONE ? from : from.low());
    vexPrefix(Form.form(space, opcode).wide(wide), 0, to.number(), 0, from.ordinal(), 0);
    register(to.number(), from.ordinal());
  }

  /** 16 lanes of a mask. */
  public final void kmovw(Gp to, Mask from) {
    needAvx512("masks");
    line("kmovw", to.low(), from.plain());
    vexPrefix(Form.form(Space.NP_0F, 0x93), 0, to.ordinal(), 0, 0, 0);
    register(to.ordinal(), from.number());
  }

  /** Flag zero where 16 lanes of both are empty. */
  public final void kortestw(Mask a, Mask b) {
    needAvx512("masks");
    line("kortestw", a.plain(), b.plain());
    vexPrefix(Form.form(Space.NP_0F, 0x98), 0, a.number(), 0, 0, 0);
    register(a.number(), b.number());
  }

  /** Lanes of either. */
  public final void korw(Mask to, Mask a, Mask b) {
    masks("korw", 0x45, to, a, b);
  }

  /** Lanes of both. */
  public final void kandw(Mask to, Mask a, Mask b) {
    masks("kandw", 0x41, to, a, b);
  }

  private void masks(String name, int opcode, Mask to, Mask a, Mask b) {
    needAvx512("masks");
    line(name, to.plain(), a.plain(), b.plain());
    vexPrefix(Form.form(Space.NP_0F, opcode), 1, to.number(), a.number(), 0, 0);
    register(to.number(), b.number());
  }

  /** The other lanes. */
  public final void knotw(Mask to, Mask from) {
    needAvx512("masks");
    line("knotw", to.plain(), from.plain());
    vexPrefix(Form.form(Space.NP_0F, 0x44), 0, to.number(), 0, 0, 0);
    register(to.number(), from.number());
  }

  /** Forgets upper halves, or instructions without AVX would wait for them. */
  public final void vzeroupper() {
    line("vzeroupper");
    put(0xC5);
    put(0xF8);
    put(0x77);
  }
}
