package dev.sardonyx.runtime.machine;

import static dev.sardonyx.runtime.machine.assembler.Gp.R10;
import static dev.sardonyx.runtime.machine.assembler.Gp.R11;
import static dev.sardonyx.runtime.machine.assembler.Gp.R8;
import static dev.sardonyx.runtime.machine.assembler.Gp.R9;
import static dev.sardonyx.runtime.machine.assembler.Gp.RAX;
import static dev.sardonyx.runtime.machine.assembler.Gp.RCX;
import static dev.sardonyx.runtime.machine.assembler.Gp.RDI;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static dev.sardonyx.runtime.machine.assembler.Tile.tmm;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Tile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Code that adds one product of tiles to another tile, with addresses of every form. */
final class TileCode {
  static final Tile C = tmm(6);
  static final Tile A = tmm(1);
  static final Tile B = tmm(3);
  private static final int CONFIGURATION = 64;

  /** An instruction of the assembler. */
  interface Multiply {
    void emit(Assembler a, Tile to, Tile left, Tile right);
  }

  private final MachineCode code;
  private final Arguments arguments = new Arguments();

  /**
   * The code.
   *
   * @param zero whether the destination begins with zeros and not with what memory has
   */
  TileCode(Multiply multiply, boolean zero) {
    var a = new Assembler();
    a.mov(RAX, at(RDI));
    a.mov(RCX, 16);
    a.sub(RAX, 16);
    a.ldtilecfg(at(RAX, RCX, 1));
    a.mov(RAX, at(RDI, 8));
    a.mov(RCX, at(RDI, 16));
    a.tileloadd(A, at(RAX, RCX, 1));
    a.mov(R9, at(RDI, 24));
    a.mov(R10, at(RDI, 32));
    a.shr(R10, 1);
    a.sub(R9, 0x40);
    a.tileloaddt1(B, at(R9, R10, 2, 0x40));
    a.mov(R8, at(RDI, 40));
    a.mov(R11, at(RDI, 48));
    a.shr(R11, 2);
    a.add(R8, 0x1000);
    if (zero) {
      a.tilezero(C);
    } else {
      a.tileloadd(C, at(R8, R11, 4, -0x1000));
    }
    multiply.emit(a, C, A, B);
    a.tilestored(at(R8, R11, 4, -0x1000), C);
    a.tilerelease();
    a.ret();
    code = MachineCode.install("a product of tiles", a);
  }

  /** Rows of bytes: so many, of so many bytes, from one to the next so many. */
  record Rows(MemorySegment memory, int rows, int bytes, int stride) {
    private int extent() {
      return (rows - 1) * stride + bytes;
    }
  }

  /** c += a * b. */
  void run(Rows c, Rows a, Rows b) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment shapes = arena.allocate(CONFIGURATION);
      shapes.set(JAVA_BYTE, 0, (byte) 1);
      shape(shapes, C, c);
      shape(shapes, A, a);
      shape(shapes, B, b);
      arguments
          .begin()
          .reads(shapes, 0, CONFIGURATION)
          .reads(a.memory(), 0, a.extent())
          .number(a.stride())
          .reads(b.memory(), 0, b.extent())
          .number(b.stride())
          .writes(c.memory(), 0, c.extent())
          .number(c.stride())
          .call(code);
    }
  }

  private static void shape(MemorySegment shapes, Tile tile, Rows rows) {
    shapes.set(JAVA_SHORT, 16 + 2L * tile.number(), (short) rows.bytes());
    shapes.set(JAVA_BYTE, 48 + tile.number(), (byte) rows.rows());
  }
}
