package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import java.util.LinkedHashMap;
import java.util.Map;

/** Floats that lie behind the code. */
final class ConstantPool {
  private final Gp base;
  private final Label begin = new Label();
  private final Map<Integer, Integer> places = new LinkedHashMap<>();

  /**
   * An empty one.
   *
   * @param base a register that holds the address
   */
  ConstantPool(Gp base) {
    this.base = base;
  }

  /** Sets the register. */
  void begin(Assembler a) {
    a.lea(base, begin);
  }

  /** A float by its bits, for all lanes. */
  Mem of(int value) {
    Integer place = places.get(value);
    if (place == null) {
      place = places.size();
      places.put(value, place);
    }
    return at(base, place * Float.BYTES).toAll();
  }

  /** Writes the floats; behind the code's end. */
  void end(Assembler a) {
    a.bind(begin);
    places.keySet().forEach(a::data);
  }
}
