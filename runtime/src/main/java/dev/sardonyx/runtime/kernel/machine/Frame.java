package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;

import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Mem;
import java.util.List;

/** What all kernels begin and end with. Arguments are slots of eight bytes behind rdi. */
final class Frame {
  /** What a called function must leave as it was. Source: System V ABI for AMD64. */
  private static final List<Gp> KEPT = List.of(Gp.RBX, Gp.RBP, Gp.R12, Gp.R13, Gp.R14, Gp.R15);

  private Frame() {}

  /** Saves registers. */
  static void enter(Assembler a) {
    KEPT.forEach(a::push);
  }

  /** Restores them and returns. */
  static void leave(Assembler a) {
    KEPT.reversed().forEach(a::pop);
    a.vzeroupper();
    a.ret();
  }

  /** An argument. */
  static Mem slot(int index) {
    return at(Gp.RDI, index * Long.BYTES);
  }
}
