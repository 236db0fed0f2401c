package dev.sardonyx.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operand;
import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operation;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A fused program has the bits of its operations one by one, however its loops are made. */
class ElementwiseProgramTest {
  private static final int PROGRAMS = 400;
  private static final int[] SIZES = {1, 3, 17, 100, 1023, 1024, 1025, 3000, 5041};
  private static final float[] SPECIAL = {
    0f,
    -0f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    1e-45f,
    -1e-45f,
    3e38f,
    0.5f
  };
  private static final List<UnaryFunction> FUNCTIONS =
      List.of(
          new UnaryFunction.Relu(),
          new UnaryFunction.LeakyRelu(0.1f),
          new UnaryFunction.LeakyRelu(3f),
          new UnaryFunction.LeakyRelu(-1f),
          new UnaryFunction.Clip(0, 6),
          new UnaryFunction.Clip(-0f, 0.5f),
          new UnaryFunction.Clip(-1, 0),
          new UnaryFunction.Clip(1, -1),
          new UnaryFunction.Clip(Float.NEGATIVE_INFINITY, 0.25f),
          new UnaryFunction.Sqrt(),
          new UnaryFunction.Neg(),
          new UnaryFunction.Abs(),
          new UnaryFunction.Sign(),
          new UnaryFunction.Ceil(),
          new UnaryFunction.Floor(),
          new UnaryFunction.Round(),
          new UnaryFunction.Reciprocal(),
          new UnaryFunction.HardSigmoid(0.2f, 0.5f),
          new UnaryFunction.HardSwish(),
          new UnaryFunction.Softsign(),
          new UnaryFunction.Shrink(0.1f, 0.5f),
          new UnaryFunction.Tanh(),
          new UnaryFunction.Sigmoid());
  private static final List<BinaryFunction> PAIRS =
      List.of(
          BinaryFunction.ADD,
          BinaryFunction.SUB,
          BinaryFunction.MUL,
          BinaryFunction.DIV,
          BinaryFunction.MAX,
          BinaryFunction.MIN);

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void aProgramHasTheBitsOfItsOperationsOneByOne(Kernels kernels) {
    var classes = LoopCache.create();
    var interpreters = new LoopCache(LoopInterpreter::new);
    for (int seed = 0; seed < PROGRAMS; seed++) {
      var random = new Random(seed);
      int n = SIZES[random.nextInt(SIZES.length)];
      ElementwiseProgram program = program(random, n);
      List<MemorySegment> operands = new ArrayList<>();
      for (Operand operand : program.operands()) {
        operands.add(data(random, operand.isFull() ? n : (int) operand.period()));
      }
      float[] expected = oneByOne(kernels, program, operands, n);
      float[] fused = fused(kernels.fuse(program, classes), operands, n);
      assertThat(bits(fused)).as("%s of %d", program, n).isEqualTo(bits(expected));
      float[] interpreted = fused(kernels.fuse(program, interpreters), operands, n);
      assertThat(bits(interpreted)).as("%s of %d", program, n).isEqualTo(bits(expected));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sardonyx.runtime.kernel.Sets#kernels")
  void theResultMayTakeThePlaceOfAFullOperand(Kernels kernels) {
    for (int seed = 0; seed < 50; seed++) {
      var random = new Random(seed);
      ElementwiseProgram program = program(random, 3000);
      List<MemorySegment> operands = new ArrayList<>();
      for (Operand operand : program.operands()) {
        operands.add(data(random, operand.isFull() ? 3000 : (int) operand.period()));
      }
      FusedElementwise fused = kernels.fuse(program, LoopCache.create());
      float[] expected = fused(fused, operands, 3000);
      MemorySegment y = operands.getFirst();
      MemorySegment scratch = Sets.Memory.NATIVE.of((int) fused.scratchElements());
      fused.bind(operands, y, scratch, new HotArrays()).run(0, 3000);
      assertThat(bits(Sets.array(y))).as("%s", program).isEqualTo(bits(expected));
    }
  }

  /** The first operand is full; the others broadcast in any way. */
  private static ElementwiseProgram program(Random random, int n) {
    List<Operand> operands = new ArrayList<>(List.of(Operand.full()));
    int count = 1 + random.nextInt(4);
    while (operands.size() < count) {
      operands.add(operand(random, n));
    }
    List<Operation> operations = new ArrayList<>();
    int length = 1 + random.nextInt(10);
    for (int i = 0; i < length; i++) {
      // The first reads the full operand, later ones mostly what was last computed.
      int last = i == 0 ? 0 : count + i - 1;
      int other = random.nextInt(count + i);
      boolean unary = random.nextInt(3) == 0;
      int a = random.nextInt(4) == 0 && i > 0 ? fullValue(random, operands, i) : last;
      operations.add(
          unary
              ? new Operation.Unary(FUNCTIONS.get(random.nextInt(FUNCTIONS.size())), a)
              : new Operation.Binary(PAIRS.get(random.nextInt(PAIRS.size())), last, other));
    }
    return new ElementwiseProgram(operands, operations);
  }

  private static int fullValue(Random random, List<Operand> operands, int operations) {
    int value = random.nextInt(operands.size() + operations);
    return value < operands.size() && !operands.get(value).isFull() ? 0 : value;
  }

  private static Operand operand(Random random, int n) {
    return switch (random.nextInt(4)) {
      case 0 -> Operand.full();
      case 1 -> Operand.single();
      case 2 -> new Operand(2 + random.nextInt(40), 1 + random.nextInt(30));
      default -> new Operand(2 + random.nextInt(n), random.nextBoolean() ? 1 : 2000);
    };
  }

  private static MemorySegment data(Random random, int n) {
    MemorySegment x = Sets.Memory.NATIVE.of(n);
    for (int i = 0; i < n; i++) {
      boolean special = random.nextInt(8) == 0;
      float value = special ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextFloat() * 4 - 2;
      Floats.set(x, i, value);
    }
    return x;
  }

  /** In two ranges, the second begun anew. */
  private static float[] fused(FusedElementwise fused, List<MemorySegment> operands, int n) {
    MemorySegment y = Sets.Memory.NATIVE.of(n);
    MemorySegment scratch = Sets.Memory.NATIVE.of((int) fused.scratchElements());
    var bound = fused.bind(operands, y, scratch, new HotArrays());
    int middle = Math.min(n, fused.chunk() * (n / 2 / fused.chunk()));
    bound.run(middle, n);
    bound.run(0, middle);
    return Sets.array(y);
  }

  private static float[] oneByOne(
      Kernels kernels, ElementwiseProgram program, List<MemorySegment> operands, int n) {
    List<MemorySegment> values = new ArrayList<>();
    for (int k = 0; k < operands.size(); k++) {
      Operand operand = program.operands().get(k);
      MemorySegment full = Sets.Memory.NATIVE.of(n);
      for (int i = 0; i < n; i++) {
        long at = i / operand.repeat() % operand.period();
        Floats.set(full, i, Floats.get(operands.get(k), at));
      }
      values.add(full);
    }
    for (Operation operation : program.operations()) {
      MemorySegment y = Sets.Memory.NATIVE.of(n);
      switch (operation) {
        case Operation.Unary(UnaryFunction function, int x) ->
            kernels.unary(function, values.get(x), y, n);
        case Operation.Binary(BinaryFunction function, int a, int b) ->
            kernels.binary(function, values.get(a), 0, 1, values.get(b), 0, 1, y, 0, n);
      }
      values.add(y);
    }
    return Sets.array(values.getLast());
  }

  /** All NaN count as one. */
  private static int[] bits(float[] values) {
    var bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToIntBits(values[i]);
    }
    return bits;
  }
}
