package dev.sardonyx.runtime.machine.assembler;

import java.util.Objects;

/** A tile register of AMX: tmm0 to tmm7. */
public record Tile(int number) {
  /** Checks the range. */
  public Tile {
    Objects.checkIndex(number, 8);
  }

  /** The tile register of a number. */
  public static Tile tmm(int number) {
    return new Tile(number);
  }

  @Override
  public String toString() {
    return "tmm" + number;
  }
}
