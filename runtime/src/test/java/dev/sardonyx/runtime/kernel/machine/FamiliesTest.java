package dev.sardonyx.runtime.kernel.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.runtime.kernel.Kernels;
import org.junit.jupiter.api.Test;

/** All code of a family between pages that nobody may touch, against plain loops in float64. */
class FamiliesTest {
  @Test
  void everyPieceOfCodeKeepsToItsMemoryAndAgreesWithPlainLoops() {
    var kernels = new MachineKernels(() -> Kernels.scalar(MachineKernels.WIDTH));
    for (Family family : kernels.families()) {
      for (int number = 0; number < family.size(); number++) {
        if (family.has(number)) {
          for (int variant = 0; variant < family.variants(); variant++) {
            String what = "%s, problem %d".formatted(family.name(number), variant);
            assertThat(family.agrees(number, TrialMemory.BEFORE, variant)).as(what).isTrue();
            assertThat(family.agrees(number, TrialMemory.BEHIND, variant)).as(what).isTrue();
          }
        }
      }
    }
  }
}
