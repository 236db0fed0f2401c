package dev.sardonyx.runtime.machine.assembler;

/** A tile register of AMX: tmm0 to tmm7. */
public record Tile(int number) {
  /** The tile register of a number. */
  public static Tile tmm(int number) {
    return new Tile(number);
  }

  @Override
  public String toString() {
    return "tmm" + number;
  }
}
