package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sardonyx.runtime.kernel.BinaryFunction;
import dev.sardonyx.runtime.kernel.ElementwiseProgram;
import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operand;
import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operation;
import dev.sardonyx.runtime.kernel.FusedElementwise;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.LoopCache;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import dev.sardonyx.runtime.machine.Processor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** All memory lies before or behind a page that must not be touched. */
@ParameterizedClass
@EnumSource(Processor.Level.class)
class ElementsTest {
  /** More than twice what a loop does at once. */
  private static final int LONGEST = 150;

  private static final float[] SPECIAL = {
    0f,
    -0f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    0.5f,
    -2.5f
  };

  /** Functions whose results are rounded once, with parameters that are bounds of zero too. */
  private static final List<UnaryFunction> EXACT =
      List.of(
          new UnaryFunction.Relu(),
          new UnaryFunction.LeakyRelu(0.1f),
          new UnaryFunction.LeakyRelu(-3),
          new UnaryFunction.Clip(-1, 1),
          new UnaryFunction.Clip(0, 6),
          new UnaryFunction.Clip(-0f, 0),
          new UnaryFunction.Clip(0, -0f),
          new UnaryFunction.Clip(1, -1),
          new UnaryFunction.Sqrt(),
          new UnaryFunction.Neg(),
          new UnaryFunction.Abs(),
          new UnaryFunction.Sign(),
          new UnaryFunction.Ceil(),
          new UnaryFunction.Floor(),
          new UnaryFunction.Round(),
          new UnaryFunction.Reciprocal(),
          new UnaryFunction.ThresholdedRelu(0.5f),
          new UnaryFunction.Shrink(0.25f, 0.5f));

  private static final List<UnaryFunction> CURVES =
      List.of(
          new UnaryFunction.Sigmoid(),
          new UnaryFunction.Tanh(),
          new UnaryFunction.Exp(),
          new UnaryFunction.Log(),
          new UnaryFunction.Erf(),
          new UnaryFunction.Gelu(),
          new UnaryFunction.GeluTanh(),
          new UnaryFunction.Softplus(),
          new UnaryFunction.Mish(),
          new UnaryFunction.Swish(1.5f),
          new UnaryFunction.Elu(1.5f, 1.25f, 0.75f));

  private final Kernels scalar;
  private final Kernels machine;

  ElementsTest(Processor.Level level) {
    assumeTrue(Processor.current().has(level), level + " is not there");
    scalar = Kernels.scalar(MachineKernels.width(level));
    machine = MachineKernels.of(level, () -> scalar);
  }

  private static float[] values(int n, int seed) {
    var random = new Random(seed);
    var values = new float[n];
    for (int i = 0; i < n; i++) {
      boolean special = random.nextInt(4) == 0;
      values[i] =
          special ? SPECIAL[random.nextInt(SPECIAL.length)] : (float) random.nextGaussian() * 3;
    }
    return values;
  }

  /** All NaN count as one. */
  private static int[] bits(MemorySegment segment) {
    float[] values = segment.toArray(JAVA_FLOAT_UNALIGNED);
    var bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToIntBits(values[i]);
    }
    return bits;
  }

  private static int[] unary(Kernels kernels, UnaryFunction f, float[] x, boolean atEnd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment y = Guarded.of(arena, x.length, atEnd);
      kernels.unary(f, Guarded.of(arena, x, atEnd), 0, y, 0, x.length);
      return bits(y);
    }
  }

  @Test
  void functionsThatAreRoundedOnceHaveTheBitsOfThePlainLoop() {
    for (UnaryFunction f : EXACT) {
      for (int n = 1; n < LONGEST; n++) {
        float[] x = values(n, n);
        assertThat(unary(machine, f, x, n % 2 == 0))
            .as("%s of %s", f, n)
            .isEqualTo(unary(scalar, f, x, true));
      }
    }
  }

  @Test
  void curvesHaveTheSameBitsHoweverLongTheRun() {
    float[] x = values(LONGEST, 1);
    for (UnaryFunction f : CURVES) {
      int[] whole = unary(machine, f, x, true);
      for (int n = 1; n < LONGEST; n++) {
        int[] part = unary(machine, f, Arrays.copyOf(x, n), n % 2 == 0);
        assertThat(part).as("%s of %s", f, n).isEqualTo(Arrays.copyOf(whole, n));
      }
    }
  }

  @Test
  void functionsOfTwoHaveTheBitsOfThePlainLoop() {
    for (BinaryFunction f : BinaryFunction.values()) {
      for (int steps = 0; steps < 4; steps++) {
        for (int n = 1; n < LONGEST; n += 1 + n / 40) {
          float[] a = values((steps & 1) == 0 ? n : 1, n);
          float[] b = values((steps & 2) == 0 ? n : 1, -n);
          assertThat(binary(machine, f, a, b, n, n % 2 == 0))
              .as("%s of %s, %s", f, n, steps)
              .isEqualTo(binary(scalar, f, a, b, n, true));
        }
      }
    }
  }

  private static int[] binary(
      Kernels kernels, BinaryFunction f, float[] a, float[] b, int n, boolean atEnd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment y = Guarded.of(arena, n, atEnd);
      MemorySegment left = Guarded.of(arena, a, atEnd);
      MemorySegment right = Guarded.of(arena, b, atEnd);
      kernels.binary(f, left, 0, a.length == n ? 1 : 0, right, 0, b.length == n ? 1 : 0, y, 0, n);
      return bits(y);
    }
  }

  @Test
  void scalesAndShiftsEveryChannel() {
    for (int channels = 1; channels < 70; channels += 3) {
      for (int inner : new int[] {1, 5, 16, 63, 131}) {
        float[] x = values(3 * channels * inner, channels);
        assertThat(scaleShift(machine, x, channels, inner, inner % 2 == 0))
            .as("%s channels of %s", channels, inner)
            .isEqualTo(scaleShift(scalar, x, channels, inner, true));
      }
    }
  }

  private static int[] scaleShift(
      Kernels kernels, float[] x, int channels, int inner, boolean atEnd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment y = Guarded.of(arena, x.length, atEnd);
      kernels.scaleShift(
          Guarded.of(arena, x, atEnd),
          Guarded.of(arena, values(channels, 3), atEnd),
          Guarded.of(arena, values(channels, 4), atEnd),
          y,
          3,
          channels,
          inner);
      return bits(y);
    }
  }

  /** Operands of every kind; ranges begin and end within rows. */
  @Test
  void chainsHaveTheSameBitsHoweverTheirRangeIsCut() {
    int row = 37;
    int rows = 11;
    int n = row * rows;
    var program =
        new ElementwiseProgram(
            List.of(
                Operand.full(),
                new Operand(row, 1),
                new Operand(4, row),
                Operand.single(),
                Operand.full()),
            List.of(
                new Operation.Binary(BinaryFunction.ADD, 0, 1),
                new Operation.Binary(BinaryFunction.MUL, 5, 2),
                new Operation.Unary(new UnaryFunction.Gelu(), 6),
                new Operation.Binary(BinaryFunction.MAX, 7, 3),
                new Operation.Unary(new UnaryFunction.Clip(-2, 5), 8),
                new Operation.Binary(BinaryFunction.SUB, 3, 9),
                new Operation.Binary(BinaryFunction.DIV, 10, 4)));
    FusedElementwise fused = machine.fuse(program, LoopCache.create());
    assertThat(fused).isInstanceOf(MachineProgram.class);
    int[] wanted = oneByOne(program, n);
    var random = new Random(5);
    for (int round = 0; round < 200; round++) {
      try (Arena arena = Arena.ofConfined()) {
        boolean atEnd = round % 2 == 0;
        MemorySegment y = Guarded.of(arena, n, atEnd);
        List<MemorySegment> operands =
            program.operands().stream()
                .map(operand -> Guarded.of(arena, operand(operand, n), atEnd))
                .toList();
        var bound = fused.bind(operands, y, MemorySegment.NULL, new HotArrays());
        int middle = random.nextInt(n);
        bound.run(middle, n);
        bound.run(0, middle);
        assertThat(bits(y)).as("cut at %s", middle).isEqualTo(wanted);
      }
    }
  }

  private static float[] operand(Operand operand, int n) {
    int size = operand.isFull() ? n : (int) operand.period();
    return values(size, size);
  }

  private int[] oneByOne(ElementwiseProgram program, int n) {
    try (Arena arena = Arena.ofConfined()) {
      var values = new MemorySegment[program.operands().size() + program.operations().size()];
      int count = 0;
      for (Operand operand : program.operands()) {
        float[] elements = operand(operand, n);
        values[count] = arena.allocate((long) n * Float.BYTES);
        for (int i = 0; i < n; i++) {
          int at = operand.isFull() ? i : (int) (i / operand.repeat() % operand.period());
          values[count].setAtIndex(JAVA_FLOAT_UNALIGNED, i, elements[at]);
        }
        count++;
      }
      for (Operation operation : program.operations()) {
        MemorySegment y = arena.allocate((long) n * Float.BYTES);
        switch (operation) {
          case Operation.Unary(var function, int x) -> machine.unary(function, values[x], y, n);
          case Operation.Binary(var function, int a, int b) ->
              machine.binary(function, values[a], 0, 1, values[b], 0, 1, y, 0, n);
        }
        values[count++] = y;
      }
      return bits(values[count - 1]);
    }
  }
}
