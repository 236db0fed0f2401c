package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Vec.ymm;

import dev.sardonyx.runtime.kernel.machine.Operation.Pair;
import dev.sardonyx.runtime.kernel.machine.Operation.Single;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Mem;
import dev.sardonyx.runtime.machine.assembler.Source;
import dev.sardonyx.runtime.machine.assembler.Vec;

/** AVX2: numbers of the pool lie there for each lane, and exponents are moved as whole numbers. */
record ShortOperations(Assembler a, ConstantPool pool) implements Operations {
  private static final Vec FREE = ymm(15);

  /** Takes single floats too, before anything else of an instruction is there. */
  private static final Vec OTHER = ymm(14);

  private static final int EQUAL = 0;
  private static final int LESS = 1;
  private static final int NEGATIVE_OR_NAN = 9;

  private static final int MANTISSA_BITS = 23;
  private static final int ONE = Float.floatToRawIntBits(1);

  /** Makes normal numbers of subnormal ones. */
  private static final int LIFT = 24;

  private static final int LIFTED = Float.floatToRawIntBits(1 << LIFT);
  private static final int LEAST_NORMAL = Float.floatToRawIntBits(Float.MIN_NORMAL);
  private static final int INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);
  private static final int MINUS_INFINITY = Float.floatToRawIntBits(Float.NEGATIVE_INFINITY);

  @Override
  public Mem constant(int bits) {
    return pool.of(bits);
  }

  @Override
  public Source single(Mem memory) {
    a.vbroadcastss(OTHER, memory);
    return OTHER;
  }

  @Override
  public void write(Single operation, Vec to, Source from, int constant) {
    switch (operation) {
      case ROOT -> a.vsqrtps(to, from);
      case ROUND -> a.vroundps(to, from, constant);
      case EXPONENT -> exponent(to, (Vec) from);
      case MANTISSA -> mantissa(to, (Vec) from);
    }
  }

  /** Leaves a normal number of the same mantissa, and where it is another. */
  private void lift(Vec from) {
    a.vcmpps(FREE, from, constant(LEAST_NORMAL), LESS);
    a.vmulps(OTHER, from, constant(LIFTED));
    a.vblendvps(OTHER, from, OTHER, FREE);
  }

  /** Of negative numbers something. */
  private void exponent(Vec to, Vec from) {
    lift(from);
    a.vpsrld(OTHER, OTHER, MANTISSA_BITS);
    a.vcvtdq2ps(OTHER, OTHER);
    a.vandps(FREE, FREE, constant(Float.floatToRawIntBits(LIFT)));
    a.vsubps(OTHER, OTHER, FREE);
    a.vsubps(OTHER, OTHER, constant(Float.floatToRawIntBits(Float.MAX_EXPONENT)));
    a.vcmpps(FREE, from, constant(0), EQUAL);
    a.vblendvps(OTHER, OTHER, constant(MINUS_INFINITY), FREE);
    a.vcmpps(FREE, from, constant(INFINITY), EQUAL);
    a.vblendvps(to, OTHER, constant(INFINITY), FREE);
  }

  /** All ones are a NaN. */
  private void mantissa(Vec to, Vec from) {
    lift(from);
    a.vandps(OTHER, OTHER, constant((1 << MANTISSA_BITS) - 1));
    a.vorps(OTHER, OTHER, constant(ONE));
    a.vcmpps(FREE, from, constant(0), NEGATIVE_OR_NAN);
    a.vorps(to, OTHER, FREE);
  }

  @Override
  public void write(Pair operation, Vec to, Vec x, Source y) {
    if (operation == Pair.SCALE) {
      scale(to, x, y);
    } else {
      operation.write(a, to, x, y);
    }
  }

  /**
   * Times two powers of two, for exponents from -252 to 254: the first product is exact for every x
   * that a formula scales, so the second rounds for the first time.
   */
  private void scale(Vec to, Vec x, Source exponent) {
    a.vcvtps2dq(FREE, exponent);
    a.vpsrad(OTHER, FREE, 1);
    a.vpsubd(FREE, FREE, OTHER);
    a.vpslld(OTHER, OTHER, MANTISSA_BITS);
    a.vpslld(FREE, FREE, MANTISSA_BITS);
    a.vpaddd(OTHER, OTHER, constant(ONE));
    a.vpaddd(FREE, FREE, constant(ONE));
    a.vmulps(to, x, OTHER);
    a.vmulps(to, to, FREE);
  }

  @Override
  public void select(Vec to, Vec by, Source where) {
    a.vxorps(FREE, to, by);
    a.vandps(FREE, FREE, where);
    a.vxorps(to, to, FREE);
  }

  @Override
  public void compare(int copy, Vec x, Source y, int predicate) {
    a.vcmpps(FREE, x, y, predicate);
  }

  @Override
  public void choose(int copy, Vec to, Source holds, Vec other) {
    a.vblendvps(to, other, holds, FREE);
  }
}
