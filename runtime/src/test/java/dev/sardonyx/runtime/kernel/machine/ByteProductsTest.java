package dev.sardonyx.runtime.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sardonyx.runtime.machine.CodeLibrary;
import dev.sardonyx.runtime.machine.Feature;
import dev.sardonyx.runtime.machine.Processor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way to sum products of bytes, whichever of them this processor would take. */
class ByteProductsTest {
  private static boolean isThere(ByteProducts way) {
    Processor processor = Processor.current();
    return switch (way) {
      case LONG -> processor.has(Feature.AVX512_VNNI);
      case SHORT -> processor.has(Feature.AVX_VNNI);
      case WORDS -> processor.has(Processor.Level.AVX2);
    };
  }

  /**
   * Extreme factors among them, whose sums saturate in 16 bits; memory lies at pages of no access.
   */
  @ParameterizedTest
  @EnumSource
  void allTilesHaveTheSumsOfPlainLoops(ByteProducts way) {
    assumeTrue(isThere(way), way + " is not there");
    var library = new CodeLibrary();
    library.acquire();
    try {
      SelfTest.Verdict verdict = SelfTest.run(new MachineIntegerProducts(library, way).trials());
      assertThat(verdict.kernels()).isGreaterThan(2 * way.tallest());
      assertThat(verdict.wrong()).isEmpty();
    } finally {
      library.release();
    }
  }
}
