package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mask.k;

import dev.sardonyx.runtime.kernel.machine.Operation.Pair;
import dev.sardonyx.runtime.kernel.machine.Operation.Single;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Source;
import dev.sardonyx.runtime.machine.assembler.Vec;

/** AVX-512: nearly an instruction for each operation; a float in memory is given to all lanes. */
record LongOperations(Assembler a, ConstantPool pool) implements Operations {
  /** A ternary operation of bits: the second where the third has ones, else the first. */
  private static final int SELECT = 0xD8;

  @Override
  public Source constant(int bits) {
    return pool.of(bits).toAll();
  }

  @Override
  public Source single(Mem memory) {
    return memory.toAll();
  }

  @Override
  public void write(Single operation, Vec to, Source from, int constant) {
    switch (operation) {
      case ROOT -> a.vsqrtps(to, from);
      case ROUND -> a.vrndscaleps(to, from, constant);
      case EXPONENT -> a.vgetexpps(to, from);
      case MANTISSA -> a.vgetmantps(to, from, constant);
    }
  }

  @Override
  public void write(Pair operation, Vec to, Vec x, Source y) {
    if (operation == Pair.SCALE) {
      a.vscalefps(to, x, y);
    } else {
      operation.write(a, to, x, y);
    }
  }

  @Override
  public void select(Vec to, Vec by, Source where) {
    a.vpternlogd(to, by, where, SELECT);
  }

  @Override
  public void compare(int copy, Vec x, Source y, int predicate) {
    a.vcmpps(k(2 + copy), x, y, predicate);
  }

  @Override
  public void choose(int copy, Vec to, Source holds, Vec other) {
    a.vblendmps(to.masked(k(2 + copy)), other, holds);
  }
}
