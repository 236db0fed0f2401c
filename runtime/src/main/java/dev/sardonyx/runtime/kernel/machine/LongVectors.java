package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mask.k;
import static dev.sardonyx.runtime.machine.assembler.Vec.zmm;

import dev.sardonyx.runtime.machine.Arguments;
import dev.sardonyx.runtime.machine.Processor;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Gp;
import dev.sardonyx.runtime.machine.assembler.Label;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Vec;

/**
 * AVX-512: 32 registers of 512 bits. Takes k1 and k2 for lanes, k3 for comparisons, k2 to k5 in
 * formulas.
 */
record LongVectors() implements VectorLevel {
  private static final int SPARE = 28;

  /** Elements of at most three rows. */
  private static final int FACTORS = 24;

  private static final int LANES = 16;
  private static final int UNORDERED = 3;

  @Override
  public Processor.Level level() {
    return Processor.Level.AVX512;
  }

  @Override
  public Assembler assembler() {
    return new Assembler();
  }

  @Override
  public int registers() {
    return 32;
  }

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public Vec register(int number) {
    return zmm(number);
  }

  @Override
  public Vec spare(int index) {
    return zmm(SPARE + index);
  }

  @Override
  public int tallest() {
    return ProductShape.TALLEST;
  }

  @Override
  public int together(int height) {
    return height == 1 ? 4 : height == 2 ? 3 : height == 3 ? 2 : 1;
  }

  @Override
  public boolean keepsTotals(int height) {
    return height <= 3;
  }

  @Override
  public Vec factor(int row) {
    return zmm(FACTORS + row);
  }

  @Override
  public int pair(int panel) {
    return SPARE + 2 * (panel & 1);
  }

  @Override
  public void swap(Assembler a, Vec to, Vec from, int distance) {
    if (distance > 2) {
      a.vshuff32x4(to, from, from, distance == 8 ? Lanes.SWAP_HALVES : Lanes.SWAP_PAIRS);
    } else {
      a.vpermilps(to, from, distance == 2 ? Lanes.SWAP_HALVES : Lanes.SWAP_PAIRS);
    }
  }

  @Override
  public void upperHalf(Assembler a, Vec to, Vec from) {
    a.vextractf32x8(to, from, 1);
  }

  @Override
  public void beginPart(Assembler a, Gp count, Gp free) {
    a.mov(free, -1);
    a.bzhi(free, free, count);
    a.kmovw(k(1), free);
  }

  @Override
  public boolean partsAreApart() {
    return false;
  }

  @Override
  public void loadPart(Assembler a, ConstantPool pool, Gp free, Vec to, Mem from) {
    a.vmovups(to.zeroed(k(1)), from);
  }

  @Override
  public void loadPart(Assembler a, ConstantPool pool, Gp free, Vec to, Mem from, Vec other) {
    a.vmovaps(to, other);
    a.vmovups(to.masked(k(1)), from);
  }

  @Override
  public void keepPart(Assembler a, ConstantPool pool, Gp free, Vec vector) {
    a.vmovaps(vector.zeroed(k(1)), vector);
  }

  @Override
  public void storePart(Assembler a, ConstantPool pool, Gp free, Mem to, Vec from) {
    a.vmovups(to.masked(k(1)), from);
  }

  @Override
  public Operations operations(Assembler a, ConstantPool pool) {
    return new LongOperations(a, pool);
  }

  @Override
  public void clear(Assembler a, Vec vector) {
    a.vpxord(vector, vector, vector);
  }

  @Override
  public void giveLanes(Arguments arguments, int lanes) {
    arguments.number((1L << lanes) - 1);
  }

  @Override
  public void beginLanes(Assembler a, Mem argument, int count, Gp free) {
    a.mov(free, argument);
    a.kmovw(k(1), free);
    if (count > 1) {
      a.shr(free, LANES);
      a.kmovw(k(2), free);
    }
  }

  @Override
  public void useLanes(Assembler a, Mem argument, int vector, Gp free) {
    // the mask is in its register
  }

  @Override
  public void jumpIfWhole(Assembler a, Mem argument, Gp free, Label whole) {
    // masks cost nothing
  }

  @Override
  public void load(Assembler a, Vec to, Mem from, int vector) {
    a.vmovups(to.zeroed(k(1 + vector)), from);
  }

  @Override
  public void store(Assembler a, Mem to, Vec from, int vector) {
    a.vmovups(to.masked(k(1 + vector)), from);
  }

  @Override
  public void keepWhere(Assembler a, Vec vector, Vec bound, int predicate) {
    a.vcmpps(k(3), vector, bound, predicate);
    a.vmovaps(vector.zeroed(k(3)), vector);
  }

  @Override
  public void takeNaN(Assembler a, Vec vector, Vec other) {
    a.vcmpps(k(3), other, other, UNORDERED);
    a.vmovaps(vector.masked(k(3)), other);
  }

  @Override
  public void replaceWhere(Assembler a, Vec vector, Vec bound, int predicate) {
    a.vcmpps(k(3), vector, bound, predicate);
    a.vmovaps(vector.masked(k(3)), bound);
  }
}
