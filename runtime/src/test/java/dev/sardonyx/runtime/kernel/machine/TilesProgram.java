package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.machine.Processor;

/** Computes with tiles, in a JVM that has them: prints what is wrong, and ends with 1 then. */
final class TilesProgram {
  private TilesProgram() {}

  /** The program; the argument names what is tried. */
  public static void main(String[] arguments) {
    Processor.current(); // asks the system for tiles, where there are any
    var kernels = new TileKernels(() -> Kernels.scalar(MachineKernels.WIDTH));
    int wrong =
        switch (arguments[0]) {
          case "trials" -> trials(kernels);
          default -> new TileProducts(kernels).wrong();
        };
    System.out.println(wrong + " wrong");
    System.exit(wrong == 0 ? 0 : 1);
  }

  private static int trials(TileKernels kernels) {
    int wrong = 0;
    try (Kernels.Lease _ = kernels.lease()) {
      SelfTest.Verdict verdict = SelfTest.run(kernels.trials().getLast());
      for (String name : verdict.wrong()) {
        System.out.println(name);
        wrong++;
      }
      System.out.println(verdict.problems() + " problems");
    }
    return wrong;
  }
}
