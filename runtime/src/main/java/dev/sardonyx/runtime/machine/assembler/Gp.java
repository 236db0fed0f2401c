package dev.sardonyx.runtime.machine.assembler;

import java.util.Locale;

/** A general register of 64 bits; its number is its ordinal. */
public enum Gp {
  RAX,
  RCX,
  RDX,
  RBX,
  RSP,
  RBP,
  RSI,
  RDI,
  R8,
  R9,
  R10,
  R11,
  R12,
  R13,
  R14,
  R15;

  /** The name of its low 32 bits. */
  String low() {
    return ordinal() < 8 ? "e" + toString().substring(1) : this + "d";
  }

  /** The name of its lowest byte. */
  String lowest() {
    String name = toString().substring(1);
    return ordinal() > 7 ? this + "b" : (ordinal() < 4 ? name.charAt(0) : name) + "l";
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
