package dev.sardonyx.runtime.machine.assembler;

/** AMX: products of tiles. The memory operands must have an index register. */
abstract class TileInstructions extends IntegerInstructions {
  TileInstructions(boolean hasAvx512) {
    super(hasAvx512);
  }

  /** The shapes of all tiles: 64 bytes of memory. */
  public final void ldtilecfg(Mem from) {
    line("ldtilecfg", from);
    vex(Form.form(Space.NP_0F38, 0x49), 0, 0, 0, from);
  }

  /** No tiles any more. */
  public final void tilerelease() {
    line("tilerelease");
    vexPrefix(Form.form(Space.NP_0F38, 0x49), 0, 0, 0, 0, 0);
    put(0xC0);
  }

  /** A tile of zeros. */
  public final void tilezero(Tile to) {
    line("tilezero", to);
    vexPrefix(Form.form(Space.F2_0F38, 0x49), 0, to.number(), 0, 0, 0);
    register(to.number(), 0);
  }

  /** Loads rows; the index register has the bytes from a row to the next. */
  public final void tileloadd(Tile to, Mem from) {
    line("tileloadd", to, from);
    vex(Form.form(Space.F2_0F38, 0x4b), 0, to.number(), 0, indexed(from));
  }

  /** The same for rows that are not read again. */
  public final void tileloaddt1(Tile to, Mem from) {
    line("tileloaddt1", to, from);
    vex(Form.form(Space.P66_0F38, 0x4b), 0, to.number(), 0, indexed(from));
  }

  /** Stores rows likewise. */
  public final void tilestored(Mem to, Tile from) {
    line("tilestored", to, from);
    vex(Form.form(Space.F3_0F38, 0x4b), 0, from.number(), 0, indexed(to));
  }

  /** to + a * b of pairs of bfloat16. */
  public final void tdpbf16ps(Tile to, Tile a, Tile b) {
    product("tdpbf16ps", Space.F3_0F38, 0x5c, to, a, b);
  }

  /** to + a * b of fours of bytes, both with signs. */
  public final void tdpbssd(Tile to, Tile a, Tile b) {
    product("tdpbssd", Space.F2_0F38, 0x5e, to, a, b);
  }

  /** The same, a with and b without signs. */
  public final void tdpbsud(Tile to, Tile a, Tile b) {
    product("tdpbsud", Space.F3_0F38, 0x5e, to, a, b);
  }

  /** The same, a without and b with signs. */
  public final void tdpbusd(Tile to, Tile a, Tile b) {
    product("tdpbusd", Space.P66_0F38, 0x5e, to, a, b);
  }

  /** The same, both without signs. */
  public final void tdpbuud(Tile to, Tile a, Tile b) {
    product("tdpbuud", Space.NP_0F38, 0x5e, to, a, b);
  }

  private void product(String name, Space space, int opcode, Tile to, Tile a, Tile b) {
    line(name, to, a, b);
    if (to.equals(a) || to.equals(b) || a.equals(b)) {
      throw new IllegalArgumentException("tiles of a product must differ: " + to + a + b);
    }
    vexPrefix(Form.form(space, opcode), 0, to.number(), b.number(), 0, 0);
    register(to.number(), a.number());
  }

  private static Mem indexed(Mem memory) {
    if (memory.index() == null) {
      throw new IllegalArgumentException("rows of a tile need an index register: " + memory);
    }
    return memory;
  }
}
