package dev.sardonyx.runtime.machine.assembler;

import java.util.ArrayList;
import java.util.List;

/** A place in code to jump to, bound once, before or after the jumps. */
public final class Label {
  /** Where it is, or -1 before it is bound. */
  int position = -1;

  /** Where jumps wait for it: positions of distances of 32 bits. */
  final List<Integer> waiting = new ArrayList<>();

  /** Its offset in the code. */
  @Override
  public String toString() {
    return position < 0 ? "?" : "0x" + Integer.toHexString(position);
  }
}
