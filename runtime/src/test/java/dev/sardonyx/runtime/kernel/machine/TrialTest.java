package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.MatrixRows;
import dev.sardonyx.runtime.kernel.Product;
import dev.sardonyx.runtime.kernel.machine.ProductShape.Ending;
import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.Processor;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrialTest {
  private static final int N = 40;
  private static final VectorLevel AVX512 = VectorLevel.of(Processor.Level.AVX512);

  private final Kernels plain = Kernels.scalar(MachineKernels.WIDTH);
  private final Logger logger = Logger.getLogger("dev.sardonyx");
  private final List<String> warnings = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          warnings.add(record.getParameters()[0].toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void listenNoMore() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }

  private MachineProducts products(BiFunction<ProductShape, VectorLevel, Assembler> writer) {
    return new MachineProducts(new CodeLibrary(), AVX512, () -> plain, writer);
  }

  /** C after a product onto itself, which cannot be computed twice. */
  private float[] multiply(@Nullable MachineProducts products, int rows, int k) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment panels = arena.allocate(plain.panelElements(k, N) * Float.BYTES);
      MemorySegment b = arena.allocateFrom(JAVA_FLOAT, TrialMemory.numbers(k * N, 7));
      plain.packPanels(b, 0, k, N, N, 1, panels, 0);
      MemorySegment a = arena.allocateFrom(JAVA_FLOAT, TrialMemory.numbers(rows * k, 8));
      MemorySegment c = arena.allocateFrom(JAVA_FLOAT, TrialMemory.numbers(rows * N, 9));
      var product =
          new Product(
              N, k, new MatrixRows(a, k, Float.BYTES), panels, c, N, Epilogue.NONE.withResidual(c));
      if (products == null) {
        plain.multiply(product, 0, 0, 0, 0, rows, 0, N, new HotArrays());
      } else {
        products.multiply(product, 0, 0, 0, 0, rows, 0, N, new HotArrays());
      }
      return c.toArray(JAVA_FLOAT);
    }
  }

  /** Forgets the residual wherever there is one. */
  private static Assembler withoutResidual(ProductShape s, VectorLevel vectors) {
    return ProductCode.write(
        new ProductShape(
            s.height(), s.low(), s.together(), s.storage(), s.bias(), false, s.ending()),
        vectors);
  }

  @Test
  void whatComputesSomethingElseIsNotUsedAndIsToldOnce() {
    MachineProducts broken = products(TrialTest::withoutResidual);
    for (int k : new int[] {9, 400}) {
      for (int i = 0; i < 3; i++) {
        assertThat(multiply(broken, 11, k)).as("k=%d", k).isEqualTo(multiply(null, 11, k));
      }
    }
    assertThat(warnings).singleElement().asString().contains("product x11", "residual");
  }

  /**
   * The last of several blocks of k has code of its own: nothing may be written before it fails.
   */
  @Test
  void workIsLeftAsAWholeWhereOnlyItsLastPieceFails() {
    MachineProducts broken =
        products(
            (s, v) ->
                s.height() == 4 && s.bias() ? withoutResidual(s, v) : ProductCode.write(s, v));
    try (Arena arena = Arena.ofConfined()) {
      int k = 700;
      MemorySegment b = arena.allocateFrom(JAVA_FLOAT, TrialMemory.numbers(k * 32, 7));
      MemorySegment a = arena.allocateFrom(JAVA_FLOAT, TrialMemory.numbers(4 * k, 8));
      MemorySegment bias = arena.allocateFrom(JAVA_FLOAT, TrialMemory.numbers(32, 9));
      List<float[]> results = new ArrayList<>();
      for (boolean machine : new boolean[] {true, false}) {
        MemorySegment c = arena.allocateFrom(JAVA_FLOAT, TrialMemory.numbers(4 * 32, 10));
        Epilogue both = Epilogue.NONE.withBias(bias).withResidual(c);
        var product = new Product(32, k, new MatrixRows(a, k, Float.BYTES), b, c, 32, both);
        if (machine) {
          broken.multiply(product, 0, 0, 0, 0, 4, 0, 32, new HotArrays());
        } else {
          plain.multiply(product, 0, 0, 0, 0, 4, 0, 32, new HotArrays());
        }
        results.add(c.toArray(JAVA_FLOAT));
      }
      assertThat(results.getFirst()).isEqualTo(results.getLast());
    }
    assertThat(warnings).hasSize(1);
  }

  /** Each of the parts of a shape that code could get wrong is seen by its trial. */
  @Test
  void trialsSeeWhatCodeForAnotherShapeDoes() {
    ProductShape shape =
        new ProductShape(9, true, 1, WeightStorage.FLOAT32, true, true, Ending.CLIP);
    List<ProductShape> others =
        List.of(
            new ProductShape(9, true, 1, WeightStorage.FLOAT16, true, true, Ending.CLIP),
            new ProductShape(9, true, 1, WeightStorage.FLOAT32, false, true, Ending.CLIP),
            new ProductShape(9, true, 1, WeightStorage.FLOAT32, true, true, Ending.RELU),
            new ProductShape(9, true, 1, WeightStorage.FLOAT32, true, true, Ending.NONE),
            new ProductShape(9, false, 1, WeightStorage.FLOAT32, true, true, Ending.CLIP),
            new ProductShape(8, true, 1, WeightStorage.FLOAT32, true, true, Ending.CLIP));
    int number = number(shape);
    assertThat(products(ProductCode::write).trials().pass(number)).isTrue();
    for (ProductShape other : others) {
      MachineProducts wrong = products((_, vectors) -> ProductCode.write(other, vectors));
      assertThat(wrong.trials().pass(number)).as("%s", other).isFalse();
    }
  }

  /** Another writer's code would take other arguments: only shapes of int4 serve here. */
  @Test
  void trialsOfFourBitsSeeWhatCodeForAnotherShapeDoes() {
    ProductShape one = fourBits(1, 3, true, Ending.RELU);
    ProductShape many = fourBits(9, 1, true, Ending.RELU);
    for (ProductShape shape : List.of(one, many)) {
      assertThat(products(ProductCode::write).trials().pass(number(shape))).isTrue();
      List<ProductShape> others =
          List.of(
              fourBits(shape.height(), shape.together(), false, Ending.RELU),
              fourBits(shape.height(), shape.together(), true, Ending.NONE),
              shape.equals(one)
                  ? fourBits(1, 2, true, Ending.RELU)
                  : fourBits(8, 1, true, Ending.RELU));
      for (ProductShape other : others) {
        MachineProducts wrong = products((_, vectors) -> ProductCode.write(other, vectors));
        assertThat(wrong.trials().pass(number(shape))).as("%s", other).isFalse();
      }
    }
  }

  private static ProductShape fourBits(int height, int together, boolean residual, Ending ending) {
    return new ProductShape(height, false, together, WeightStorage.INT4, false, residual, ending);
  }

  private static int number(ProductShape s) {
    return ProductShape.number(
        s.height(), s.low(), s.together(), s.storage(), s.bias(), s.residual(), s.ending());
  }

  @Test
  void theNextSetServesWhereNoCodeCanBeMade() {
    MachineProducts none =
        products(
            (_, _) -> {
              throw new UnsupportedOperationException("the system allows no executable memory");
            });
    assertThat(multiply(none, 11, 9)).isEqualTo(multiply(null, 11, 9));
    assertThat(warnings).singleElement().asString().contains("product x11");
  }

  @Test
  void codeThatIsRightIsUsedInSilence() {
    multiply(products(ProductCode::write), 11, 9);
    assertThat(warnings).isEmpty();
  }
}
