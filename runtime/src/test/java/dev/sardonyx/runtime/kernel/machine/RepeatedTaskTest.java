package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.BinaryFunction;
import dev.sardonyx.runtime.kernel.ConvolutionGeometry;
import dev.sardonyx.runtime.kernel.ElementwiseProgram;
import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operand;
import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operation;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.GatedCell;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.LoopCache;
import dev.sardonyx.runtime.kernel.MatrixRows;
import dev.sardonyx.runtime.kernel.PixelRows;
import dev.sardonyx.runtime.kernel.PlaneConvolution;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.Team;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import dev.sardonyx.runtime.kernel.WindowSweep;
import dev.sardonyx.runtime.kernel.WinogradConvolution;
import dev.sardonyx.runtime.machine.Processor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Processor.Level.class)
class RepeatedTaskTest {
  private static final int RUNS = 9;
  private static final int X = 40_000;
  private static final Axis AXIS = new Axis(19, 3, 1, 1, 1, 1);

  private final Kernels machine;
  private final int width;
  private final Random random = new Random(1);
  private final HotArrays arrays = new HotArrays();
  private final MemorySegment x = memory(X);
  private final MemorySegment weights = memory(2 * X);
  private final MemorySegment y = memory(X);
  private int runs;

  RepeatedTaskTest(Processor.Level level) {
    assumeTrue(Processor.current().has(level), level + " is not there");
    width = MachineKernels.width(level);
    machine = MachineKernels.of(level, () -> Kernels.scalar(width));
    fill(weights);
  }

  private static MemorySegment memory(int floats) {
    return Arena.ofAuto().allocate((long) floats * Float.BYTES, 64);
  }

  private void fill(MemorySegment segment) {
    for (long i = 0; i < segment.byteSize(); i += Float.BYTES) {
      segment.set(JAVA_FLOAT_UNALIGNED, i, random.nextFloat() - 0.5f);
    }
  }

  private ConvolutionGeometry geometry(int channels, int outChannels) {
    return new ConvolutionGeometry(1, channels, outChannels, 1, Axis.SINGLE, AXIS, AXIS);
  }

  private void multiply() {
    Epilogue end = Epilogue.NONE.withActivation(new UnaryFunction.Relu());
    var rows = new MatrixRows(x, 400, Float.BYTES);
    machine.multiply(
        new Product(70, 380, rows, weights, y, 71, end), 3, 0, 1, 0, 31, 0, 70, arrays);
  }

  private void multiplyPixels() {
    var rows = new PixelRows(geometry(20, 33), x, 0);
    var product = new Product(33, 180, rows, weights, y, 33, Epilogue.NONE);
    machine.multiply(product, 0, 0, 0, 0, 19 * 19, 0, 33, arrays);
  }

  private void winograd() {
    var w = new WinogradConvolution(4, 1, 20, 33, AXIS, AXIS, x, weights, y, Epilogue.NONE);
    machine.winograd(w, 0, w.tiles(), 0, 33, arrays);
  }

  private void planes() {
    var p = new PlaneConvolution(geometry(2, 33), x, weights, y, Epilogue.NONE);
    machine.convolvePlanes(p, 0, 19, arrays);
  }

  private void pool() {
    var fold = WindowSweep.Fold.MAXIMUM;
    var axis = new Axis(19, 2, 2, 1, 1, 0);
    machine.sweep(
        new WindowSweep(fold, 1, 21, Axis.SINGLE, axis, axis, 1, 10, 10, x, null, y, Epilogue.NONE),
        0,
        10,
        arrays);
  }

  private void step() {
    MemorySegment hidden = y.asSlice(0, 4L * width);
    MemorySegment cell = y.asSlice(4L * width, 4L * width);
    machine.lstm(
        new GatedCell(width - 3, width, x, weights, hidden, cell, y.asSlice(8L * width)), 0, 0, 0);
  }

  private void pack() {
    machine.packPanels(x, 0, 30, 50, 3, 7, y, 0);
  }

  private void softmax() {
    machine.softmax(x, y, 11, 75, 1, false);
  }

  /** Whether all that calls read is new in each run, and what they write has no other bits. */
  private void repeats(Runnable work) {
    runs = 0;
    Team.Task counted =
        (_, _) -> {
          runs++;
          work.run();
        };
    Team.Task repeated = machine.repeated(counted, 1, 1);
    for (int run = 0; run < RUNS; run++) {
      fill(x);
      y.fill((byte) 7);
      work.run();
      float[] expected = y.toArray(JAVA_FLOAT_UNALIGNED);
      y.fill((byte) 7);
      repeated.run(0, 0);
      assertThat(y.toArray(JAVA_FLOAT_UNALIGNED)).isEqualTo(expected);
    }
  }

  @Test
  void tasksAreRecordedAndThenLeaveTheSameBitsWithoutBeingAsked() {
    for (Runnable work :
        new Runnable[] {
          this::multiply,
          this::multiplyPixels,
          this::winograd,
          this::pool,
          this::step,
          this::softmax
        }) {
      repeats(work);
      assertThat(runs).isEqualTo(3);
    }
    repeats(this::planes); // which Java copies in part without AVX-512
    repeats(this::pack);
  }

  @Test
  void workThatAnotherSetDoesIsNotRecorded() {
    repeats(() -> machine.softmax(x, y, 3, 5, 7, false));
    assertThat(runs).isIn(3, RUNS);
    MemorySegment heap = MemorySegment.ofArray(new float[100]);
    repeats(
        () -> {
          MemorySegment.copy(x, 0, heap, 0, 400);
          machine.softmax(heap, heap, 4, 25, 1, false);
          MemorySegment.copy(heap, 0, y, 0, 400);
        });
    assertThat(runs).isEqualTo(RUNS);
  }

  @Test
  void whatTakesAValueThatMemoryHoldsIsNotRecorded() {
    repeats(() -> machine.binary(BinaryFunction.MUL, x, 1, 1, x, 0, 0, y, 0, 99));
    assertThat(runs).isEqualTo(RUNS);
    var program =
        new ElementwiseProgram(
            List.of(Operand.full(), Operand.single()),
            List.of(new Operation.Binary(BinaryFunction.ADD, 0, 1)));
    var fused = machine.fuse(program, LoopCache.create());
    var bound = fused.bind(List.of(x, x), y, MemorySegment.NULL, arrays);
    repeats(() -> bound.run(0, 99));
    assertThat(runs).isEqualTo(RUNS);
  }

  @Test
  void callsThatAreOthersInEachRunAreNotRecorded() {
    int[] times = new int[1];
    Team.Task task =
        (_, _) -> machine.unary(new UnaryFunction.Relu(), x, times[0] % 5, y, times[0]++, 100);
    Team.Task repeated = machine.repeated(task, 1, 1);
    for (int i = 0; i < 20; i++) {
      repeated.run(0, 0);
    }
    assertThat(times[0]).isEqualTo(20);
  }

  @Test
  void recordedCallsEndWhereTheRunDoes() {
    Team.Task repeated = machine.repeated((_, _) -> winograd(), 1, 1);
    for (int i = 0; i < 5; i++) {
      repeated.run(0, 0);
    }
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> repeated.run(0, 0)).isInstanceOf(SardonyxException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void eachMemberHasCallsOfItsOwn() {
    MemorySegment[] outputs = {memory(1024), memory(1024)};
    Team.Task repeated =
        machine.repeated(
            (part, member) ->
                machine.unary(new UnaryFunction.Relu(), x, part * 512L, outputs[member], 0, 512),
            2,
            2);
    for (int i = 0; i < 20; i++) {
      int part = i % 2;
      int member = i / 2 % 2;
      fill(x);
      repeated.run(part, member);
      for (int j = 0; j < 512; j++) {
        float value = x.getAtIndex(JAVA_FLOAT_UNALIGNED, part * 512L + j);
        assertThat(outputs[member].getAtIndex(JAVA_FLOAT_UNALIGNED, j))
            .isEqualTo(Math.max(0, value));
      }
    }
  }
}
