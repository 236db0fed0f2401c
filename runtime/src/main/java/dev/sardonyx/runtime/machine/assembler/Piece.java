package dev.sardonyx.runtime.machine.assembler;

/** How much memory a vector instruction touches: what short displacements of EVEX count in. */
enum Piece {
  /** All lanes, or one element for all of them. */
  FULL,
  /** All lanes. */
  WHOLE,
  /** Half of the vector. */
  HALF,
  /** A quarter of the vector. */
  QUARTER,
  /** A byte. */
  ONE,
  /** A short. */
  TWO,
  /** A float or an int. */
  FOUR,
  /** A double or a long. */
  EIGHT,
  /** 128 bits. */
  SIXTEEN,
  /** 256 bits. */
  THIRTY_TWO;

  int bytes(int vectorBytes, boolean broadcast, boolean wide) {
    return switch (this) {
      case FULL -> broadcast ? (wide ? 8 : 4) : vectorBytes;
      case WHOLE -> vectorBytes;
      case HALF -> vectorBytes / 2;
      case QUARTER -> vectorBytes / 4;
      case ONE -> 1;
      case TWO -> 2;
      case FOUR -> 4;
      case EIGHT -> 8;
      case SIXTEEN -> 16;
      case THIRTY_TWO -> 32;
    };
  }
}
