package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.machine.Processor;

/** Computes with tiles, in a JVM that has them: prints what is wrong, and ends with 1 then. */
final class TilesProgram {
  private TilesProgram() {}

  /** The program; the argument names what is tried. */
  public static void main(String[] arguments) {
    Processor.current(); // asks the system for tiles, where there are any
    var kernels = new TileKernels(true, () -> Kernels.scalar(MachineKernels.WIDTH));
    int wrong =
        switch (arguments[0]) {
          case "trials" -> trials(kernels);
          case "integers" -> new IntegerTiles(kernels).wrong();
          default -> new TileProducts(kernels).wrong();
        };
    System.out.println(wrong + " wrong");
    System.exit(wrong == 0 ? 0 : 1);
  }

  private static int trials(TileKernels kernels) {
    int wrong = 0;
    try (Kernels.Lease _ = kernels.lease()) {
      for (Trials trials : kernels.ofTiles()) {
        SelfTest.Verdict verdict = SelfTest.run(trials);
        for (String name : verdict.wrong()) {
          System.out.println(name);
          wrong++;
        }
        wrong += verdict.problems() == 0 ? 1 : 0;
        System.out.println(verdict.problems() + " problems");
      }
    }
    return wrong;
  }
}
