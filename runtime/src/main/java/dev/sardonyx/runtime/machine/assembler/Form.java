package dev.sardonyx.runtime.machine.assembler;

import java.util.Objects;

/**
 * How a vector instruction is encoded, and which operands there is an encoding for: what the
 * processor does not have is refused here, for it would be another instruction or none.
 *
 * @param space the map and prefix of the opcode
 * @param wide the bit W
 * @param opcode a byte
 * @param piece how much memory is read or written
 * @param coding the prefixes that there are
 * @param lengths the lengths of vectors that there are
 */
record Form(Space space, Wide wide, int opcode, Piece piece, Coding coding, Lengths lengths) {

  /** The prefixes that an instruction has. */
  enum Coding {
    /** AVX: registers 0 to 15 of at most 256 bits, no masks, no broadcasts. */
    VEX,
    /** AVX-512. */
    EVEX,
    /** VEX where that suffices. */
    BOTH
  }

  /** The lengths of vectors that an instruction has. */
  enum Lengths {
    ANY,
    /** 128 bits: instructions of one lane too. */
    XMM,
    /** 256 bits. */
    YMM,
    /** 512 bits. */
    ZMM,
    /** 256 or 512 bits. */
    LONG;

    boolean has(int bytes) {
      return switch (this) {
        case ANY -> true;
        case XMM -> bytes == 16;
        case YMM -> bytes == 32;
        case ZMM -> bytes == 64;
        case LONG -> bytes > 16;
      };
    }
  }

  Form {
    Objects.checkIndex(opcode, 256);
  }

  /** An instruction with W = 0 on all lanes; memory may be one of them for all. */
  static Form form(Space space, int opcode) {
    return new Form(space, Wide.ZERO, opcode, Piece.FULL, Coding.BOTH, Lengths.ANY);
  }

  /** The same on doubles or longs: W is 1 with EVEX. */
  static Form doubles(Space space, int opcode) {
    return form(space, opcode).wide(Wide.ONE_IN_EVEX);
  }

  /** The same that reads all of a vector, or a piece of it. */
  static Form form(Space space, int opcode, Piece piece) {
    return form(space, opcode).of(piece);
  }

  /** An instruction on the first float. */
  static Form scalar(Space space, int opcode) {
    return form(space, opcode, Piece.FOUR).on(Lengths.XMM);
  }

  /** An instruction of AVX alone. */
  static Form avx(Space space, int opcode) {
    return new Form(space, Wide.ZERO, opcode, Piece.WHOLE, Coding.VEX, Lengths.ANY);
  }

  /** An instruction of AVX-512 alone. */
  static Form avx512(Space space, int opcode, Piece piece) {
    return new Form(space, Wide.ZERO, opcode, piece, Coding.EVEX, Lengths.ANY);
  }

  Form wide(Wide other) {
    return new Form(space, other, opcode, piece, coding, lengths);
  }

  Form of(Piece other) {
    return new Form(space, wide, opcode, other, coding, lengths);
  }

  Form on(Lengths other) {
    return new Form(space, wide, opcode, piece, coding, other);
  }

  /**
   * Whether EVEX is needed.
   *
   * @param plain whether there are no high registers, masks or broadcasts
   * @throws IllegalArgumentException when there is no encoding
   */
  boolean needsEvex(int bytes, boolean plain) {
    boolean small = plain && bytes < 64;
    if (!lengths.has(bytes) || coding == Coding.VEX && !small) {
      throw new IllegalArgumentException("no such form: opcode %x of %s".formatted(opcode, this));
    }
    return coding == Coding.EVEX || !small;
  }

  /** The bytes of a register in the place of memory. */
  int registerBytes(int vectorBytes) {
    return Math.max(16, piece.bytes(vectorBytes, false, false));
  }

  /** One element for all lanes, as it is written. */
  String broadcast(int vectorBytes) {
    return "{1to" + vectorBytes / (wide == Wide.ZERO ? 4 : 8) + "}";
  }
}
