package dev.sardonyx.api.tensor;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.OptionalDouble;

/**
 * A source of random numbers that draws the very numbers PyTorch draws on a CPU after the same
 * {@code manual_seed}. Thread-safe: one call's numbers follow each other without a gap. Inside an
 * {@link Outline} nothing is drawn. Source: torch.Generator.
 */
public final class Generator {
  /**
   * Process-wide and mutable, as PyTorch's: a layer's constructor has no other way to learn of a
   * seed that was set. The only such state in this library.
   */
  private static final Generator DEFAULT = new Generator(0);

  /** Numbers that are drawn at a time. */
  private static final int SOME = 4096;

  private static final double TWO_TO_MINUS_53 = 0x1p-53;

  private MersenneTwister engine;

  /** Normal numbers come in pairs; the second of the last pair, until it is drawn. */
  private OptionalDouble secondNormal = OptionalDouble.empty();

  /** A generator that starts from a seed. */
  public Generator(long seed) {
    engine = new MersenneTwister(seed);
  }

  /**
   * The generator that fresh layers and dropout draw from. It starts from seed 0, not from the
   * clock, so that a program has the same weights at every start.
   */
  public static Generator defaultGenerator() {
    return DEFAULT;
  }

  /** Starts again from a seed. Source: torch.Generator.manual_seed. */
  public synchronized void manualSeed(long seed) {
    engine = new MersenneTwister(seed);
    secondNormal = OptionalDouble.empty();
  }

  /**
   * A float32 tensor of numbers in {@code [from, to)}. Source: torch.Tensor.uniform_. Errors:
   * ARGUMENT unless from is at most to, SHAPE for a shape that is not fixed.
   */
  public synchronized DenseTensor uniform(Shape shape, double from, double to) {
    if (!(from <= to)) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, "uniform: from must be at most to, found " + from + " and " + to);
    }
    if (Outline.isHere()) {
      return Outline.tensor(DType.FLOAT32, shape);
    }
    float low = (float) from;
    float width = (float) to - low;
    MemorySegment data = DenseTensor.allocate(DType.FLOAT32, shape);
    long elements = shape.elements().fixed();
    float[] some = new float[(int) Math.min(elements, SOME)];
    for (long at = 0; at < elements; at += some.length) {
      int count = (int) Math.min(some.length, elements - at);
      engine.units(some, count);
      for (int i = 0; i < count; i++) {
        // Fused, because PyTorch's AVX2 build contracts this sum: only so are all bits equal.
        some[i] = Math.fma(some[i], width, low);
      }
      MemorySegment.copy(some, 0, data, ValueLayout.JAVA_FLOAT, at * Float.BYTES, count);
    }
    return DenseTensor.view(DType.FLOAT32, shape, data);
  }

  /**
   * A float32 tensor that holds one value with a probability and 0 elsewhere. Source:
   * torch.Tensor.bernoulli_. Errors: ARGUMENT for a probability outside 0 to 1, SHAPE for a shape
   * that is not fixed.
   */
  public synchronized DenseTensor bernoulli(Shape shape, double probability, float value) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, "bernoulli: probability must be in [0, 1], found " + probability);
    }
    if (Outline.isHere()) {
      return Outline.tensor(DType.FLOAT32, shape);
    }
    MemorySegment data = DenseTensor.allocate(DType.FLOAT32, shape);
    long elements = shape.elements().fixed();
    for (long i = 0; i < elements; i++) {
      double unit = nextUnit();
      data.setAtIndex(ValueLayout.JAVA_FLOAT, i, unit < probability ? value : 0f);
    }
    return DenseTensor.view(DType.FLOAT32, shape, data);
  }

  /**
   * A float32 tensor of normally distributed numbers. Source: torch.Tensor.normal_. Errors:
   * ARGUMENT for a negative standard deviation, SHAPE for a shape that is not fixed.
   */
  public synchronized DenseTensor normal(Shape shape, double mean, double std) {
    if (!(std >= 0)) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, "normal: std must be 0 or more, found " + std);
    }
    if (Outline.isHere()) {
      return Outline.tensor(DType.FLOAT32, shape);
    }
    MemorySegment data = DenseTensor.allocate(DType.FLOAT32, shape);
    long elements = shape.elements().fixed();
    if (elements >= NormalBlocks.SIZE) {
      blocks(data, elements, (float) mean, (float) std);
    } else {
      for (long i = 0; i < elements; i++) {
        data.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) (nextNormal() * std + mean));
      }
    }
    return DenseTensor.view(DType.FLOAT32, shape, data);
  }

  /** All uniform numbers are drawn first; those of an incomplete last block are drawn anew. */
  private void blocks(MemorySegment data, long elements, float mean, float std) {
    float[] block = new float[NormalBlocks.SIZE];
    for (long from = 0; from < elements; from += block.length) {
      int count = (int) Math.min(block.length, elements - from);
      engine.units(block, count);
      MemorySegment.copy(block, 0, data, ValueLayout.JAVA_FLOAT, from * Float.BYTES, count);
    }
    for (long at = 0; at + block.length <= elements; at += block.length) {
      MemorySegment.copy(data, ValueLayout.JAVA_FLOAT, at * Float.BYTES, block, 0, block.length);
      NormalBlocks.fill(block, mean, std);
      MemorySegment.copy(block, 0, data, ValueLayout.JAVA_FLOAT, at * Float.BYTES, block.length);
    }
    if (elements % block.length != 0) {
      engine.units(block, block.length);
      NormalBlocks.fill(block, mean, std);
      long at = (elements - block.length) * Float.BYTES;
      MemorySegment.copy(block, 0, data, ValueLayout.JAVA_FLOAT, at, block.length);
    }
  }

  /** Of mean 0 and deviation 1, in double. Source: torch ATen/core/DistributionsHelper.h. */
  private double nextNormal() {
    if (secondNormal.isPresent()) {
      double second = secondNormal.getAsDouble();
      secondNormal = OptionalDouble.empty();
      return second;
    }
    double angle = 2 * Math.PI * nextUnit();
    double radius = Math.sqrt(-2 * Math.log1p(-nextUnit()));
    secondNormal = OptionalDouble.of(radius * Math.sin(angle));
    return radius * Math.cos(angle);
  }

  private double nextUnit() {
    return (engine.nextLong() & ((1L << 53) - 1)) * TWO_TO_MINUS_53;
  }
}
