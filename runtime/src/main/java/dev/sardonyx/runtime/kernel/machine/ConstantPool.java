package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import java.util.LinkedHashMap;
import java.util.Map;

/** Floats that lie behind the code: at AVX2 one for each lane, behind masks of lanes. */
final class ConstantPool {
  private static final int ALIGNMENT = 32;

  private final Gp base;
  private final boolean broadcasts;
  private final int lanes;
  private final Label begin = new Label();
  private final Map<Integer, Integer> places = new LinkedHashMap<>();

  /**
   * An empty one.
   *
   * @param base a register that holds the address
   */
  ConstantPool(VectorLevel level, Gp base) {
    this.base = base;
    this.broadcasts = !level.partsAreApart();
    this.lanes = level.lanes();
  }

  /** Sets the register. */
  void begin(Assembler a) {
    a.lea(base, begin);
  }

  /** A float by its bits: the first of as many as vectors have lanes, where those are loaded. */
  Mem of(int value) {
    Integer place = places.get(value);
    if (place == null) {
      place = places.size();
      places.put(value, place);
    }
    int copies = broadcasts ? 1 : lanes;
    int before = broadcasts ? 0 : 2 * lanes;
    return at(base, (before + place * copies) * Float.BYTES);
  }

  /**
   * The mask of some lanes of a vector, as a vector.
   *
   * @param missing holds how many lanes there are, below 0
   */
  Mem part(Gp missing) {
    return at(base, missing, Float.BYTES, lanes * Float.BYTES);
  }

  /** Writes the floats; behind the code's end. */
  void end(Assembler a) {
    if (broadcasts) {
      a.bind(begin);
      places.keySet().forEach(a::data);
      return;
    }
    a.align(ALIGNMENT);
    a.bind(begin);
    for (int i = 0; i < 2 * lanes; i++) {
      a.data(i < lanes ? -1 : 0);
    }
    for (int value : places.keySet()) {
      for (int i = 0; i < lanes; i++) {
        a.data(value);
      }
    }
  }
}
