package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static dev.sardonyx.runtime.machine.assembler.Vec.ymm;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.sardonyx.runtime.machine.Arguments;
import dev.sardonyx.runtime.machine.Processor;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Condition;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * AVX2: 16 registers of 256 bits. Masks of lanes are vectors, which are read where they are needed:
 * an argument is the address of two of them. The first of the spare registers takes masks, the
 * second comparisons; elsewhere the last two registers take what instructions need beside their
 * operands.
 */
record ShortVectors() implements VectorLevel {
  private static final int SPARE = 12;
  private static final int BYTES = 32;
  private static final int UNORDERED = 3;
  private static final int LANES = BYTES / Float.BYTES;
  private static final Vec FREE = ymm(15);
  private static final int BOTH = 2 * BYTES / Float.BYTES;

  /** As many lanes that are there as two vectors have, then as many that are not. */
  private static final MemorySegment MASKS = masks();

  private static MemorySegment masks() {
    MemorySegment masks = Arena.ofAuto().allocate(2 * BOTH * Integer.BYTES, BYTES);
    for (int i = 0; i < BOTH; i++) {
      masks.setAtIndex(JAVA_INT, i, -1);
    }
    return masks.asReadOnly();
  }

  @Override
  public Processor.Level level() {
    return Processor.Level.AVX2;
  }

  @Override
  public Assembler assembler() {
    return Assembler.withoutAvx512();
  }

  @Override
  public int registers() {
    return 14;
  }

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public Vec register(int number) {
    return ymm(number);
  }

  @Override
  public Vec spare(int index) {
    return ymm(SPARE + index);
  }

  @Override
  public int tallest() {
    return 6;
  }

  @Override
  public int together(int height) {
    return height == 1 ? 4 : height == 2 ? 3 : 1;
  }

  /** There are too few registers. */
  @Override
  public boolean keepsTotals(int height) {
    return false;
  }

  @Override
  public Vec factor(int row) {
    return spare(row);
  }

  @Override
  public int pair(int panel) {
    return SPARE + 2;
  }

  @Override
  public void swap(Assembler a, Vec to, Vec from, int distance) {
    if (distance == LANES / 2) {
      a.vperm2f128(to, from, from, 1);
    } else {
      a.vpermilps(to, from, distance == 2 ? Lanes.SWAP_HALVES : Lanes.SWAP_PAIRS);
    }
  }

  @Override
  public void upperHalf(Assembler a, Vec to, Vec from) {
    a.vextractf128(to, from, 1);
  }

  @Override
  public void beginPart(Assembler a, Gp count, Gp free) {
    a.mov(free, count);
    a.neg(free);
  }

  @Override
  public boolean partsAreApart() {
    return true;
  }

  @Override
  public void loadPart(Assembler a, ConstantPool pool, Gp free, Vec to, Mem from) {
    a.vmovups(FREE, pool.part(free));
    a.vmaskmovps(to, FREE, from);
  }

  @Override
  public void loadPart(Assembler a, ConstantPool pool, Gp free, Vec to, Mem from, Vec other) {
    loadPart(a, pool, free, to, from);
    a.vblendvps(to, other, to, FREE);
  }

  @Override
  public void keepPart(Assembler a, ConstantPool pool, Gp free, Vec vector) {
    a.vandps(vector, vector, pool.part(free));
  }

  @Override
  public void storePart(Assembler a, ConstantPool pool, Gp free, Mem to, Vec from) {
    a.vmovups(FREE, pool.part(free));
    a.vmaskmovps(to, FREE, from);
  }

  @Override
  public Operations operations(Assembler a, ConstantPool pool) {
    return new ShortOperations(a, pool);
  }

  @Override
  public void clear(Assembler a, Vec vector) {
    a.vxorps(vector, vector, vector);
  }

  @Override
  public void giveLanes(Arguments arguments, int lanes) {
    if (lanes == BOTH) {
      arguments.nothing();
    } else {
      arguments.reads(MASKS, (long) (BOTH - lanes) * Integer.BYTES, 2 * BYTES);
    }
  }

  @Override
  public void beginLanes(Assembler a, Mem argument, int count, Gp free) {
    // there is no register to keep masks in
  }

  @Override
  public void useLanes(Assembler a, Mem argument, int vector, Gp free) {
    a.mov(free, argument);
    a.vmovups(spare(0), at(free, vector * BYTES));
  }

  @Override
  public void jumpIfWhole(Assembler a, Mem argument, Gp free, Label whole) {
    a.mov(free, argument); // stores with masks are slow, whatever their lanes
    a.test(free, free);
    a.jump(Condition.ZERO, whole);
  }

  @Override
  public void load(Assembler a, Vec to, Mem from, int vector) {
    a.vmaskmovps(to, spare(0), from);
  }

  @Override
  public void store(Assembler a, Mem to, Vec from, int vector) {
    a.vmaskmovps(to, spare(0), from);
  }

  @Override
  public void keepWhere(Assembler a, Vec vector, Vec bound, int predicate) {
    a.vcmpps(spare(1), vector, bound, predicate);
    a.vandps(vector, vector, spare(1));
  }

  @Override
  public void takeNaN(Assembler a, Vec vector, Vec other) {
    a.vcmpps(spare(1), other, other, UNORDERED);
    a.vblendvps(vector, vector, other, spare(1));
  }

  @Override
  public void replaceWhere(Assembler a, Vec vector, Vec bound, int predicate) {
    a.vcmpps(spare(1), vector, bound, predicate);
    a.vblendvps(vector, vector, bound, spare(1));
  }
}
