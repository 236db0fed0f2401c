package dev.sardonyx.runtime.machine.assembler;

/** AMX: products of tiles. The memory operands must have an index register. */
abstract class TileInstructions extends IntegerInstructions {

  /** The shapes of all tiles: 64 bytes of memory. */
  public final void ldtilecfg(Mem from) {
    line("ldtilecfg", from);
    vex(form(Space.NP_0F38, 0x49), 0, 0, 0, from);
  }

  /** No tiles any more. */
  public final void tilerelease() {
    line("tilerelease");
    vexPrefix(form(Space.NP_0F38, 0x49), 0, 0, 0, 0, 0);
    put(0xC0);
  }

  /** A tile of zeros. */
  public final void tilezero(Tile to) {
    line("tilezero", to);
    vexPrefix(form(Space.F2_0F38, 0x49), 0, to.number(), 0, 0, 0);
    register(to.number(), 0);
  }

  /** Loads rows; the index register has the bytes from a row to the next. */
  public final void tileloadd(Tile to, Mem from) {
    line("tileloadd", to, from);
    vex(form(Space.F2_0F38, 0x4b), 0, to.number(), 0, from);
  }

  /** The same for rows that are not read again. */
  public final void tileloaddt1(Tile to, Mem from) {
    line("tileloaddt1", to, from);
    vex(form(Space.P66_0F38, 0x4b), 0, to.number(), 0, from);
  }

  /** Stores rows likewise. */
  public final void tilestored(Mem to, Tile from) {
    line("tilestored", to, from);
    vex(form(Space.F3_0F38, 0x4b), 0, from.number(), 0, to);
  }

  /** to + a * b of pairs of bfloat16. */
  public final void tdpbf16ps(Tile to, Tile a, Tile b) {
    line("tdpbf16ps", to, a, b);
    vexPrefix(form(Space.F3_0F38, 0x5c), 0, to.number(), b.number(), 0, 0);
    register(to.number(), a.number());
  }

  /** to + a * b of fours of bytes, both with signs. */
  public final void tdpbssd(Tile to, Tile a, Tile b) {
    line("tdpbssd", to, a, b);
    vexPrefix(form(Space.F2_0F38, 0x5e), 0, to.number(), b.number(), 0, 0);
    register(to.number(), a.number());
  }

  /** The same, a with and b without signs. */
  public final void tdpbsud(Tile to, Tile a, Tile b) {
    line("tdpbsud", to, a, b);
    vexPrefix(form(Space.F3_0F38, 0x5e), 0, to.number(), b.number(), 0, 0);
    register(to.number(), a.number());
  }

  /** The same, a without and b with signs. */
  public final void tdpbusd(Tile to, Tile a, Tile b) {
    line("tdpbusd", to, a, b);
    vexPrefix(form(Space.P66_0F38, 0x5e), 0, to.number(), b.number(), 0, 0);
    register(to.number(), a.number());
  }

  /** The same, both without signs. */
  public final void tdpbuud(Tile to, Tile a, Tile b) {
    line("tdpbuud", to, a, b);
    vexPrefix(form(Space.NP_0F38, 0x5e), 0, to.number(), b.number(), 0, 0);
    register(to.number(), a.number());
  }
}
