package dev.sardonyx.runtime.kernel.machine;

import static dev.sardonyx.runtime.machine.assembler.Mask.k;
import static dev.sardonyx.runtime.machine.assembler.Mem.at;
import static dev.sardonyx.runtime.machine.assembler.Vec.xmm;
import static dev.sardonyx.runtime.machine.assembler.Vec.ymm;
import static dev.sardonyx.runtime.machine.assembler.Vec.zmm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sardonyx.runtime.machine.MachineCode;
import dev.sardonyx.runtime.machine.Processor;
import dev.sardonyx.runtime.machine.assembler.Assembler;
import dev.sardonyx.runtime.machine.assembler.Gp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Code for processors without AVX-512 has none of its instructions. */
class LevelTest {
  /** The first byte of every instruction that has registers, lengths or masks of AVX-512. */
  private static final String EVEX = "62";

  @Test
  void whatAvx512AloneHasIsRefused() {
    List<Consumer<Assembler>> instructions =
        List.of(
            a -> a.vaddps(zmm(0), zmm(1), zmm(2)),
            a -> a.vaddps(ymm(16), ymm(1), ymm(2)),
            a -> a.vaddps(ymm(0).masked(k(1)), ymm(1), ymm(2)),
            a -> a.vaddps(ymm(0), ymm(1), at(Gp.RAX).toAll()),
            a -> a.vmovups(at(Gp.RAX).masked(k(1)), ymm(1)),
            a -> a.vscalefps(ymm(0), ymm(1), ymm(2)),
            a -> a.vpxord(xmm(0), xmm(1), xmm(2)),
            a -> a.kmovw(k(1), Gp.RAX),
            a -> a.kmovq(k(1), Gp.RAX),
            a -> a.kmovw(Gp.RAX, k(1)),
            a -> a.korw(k(1), k(2), k(3)),
            a -> a.knotw(k(1), k(2)),
            a -> a.kortestw(k(1), k(2)));
    for (Consumer<Assembler> instruction : instructions) {
      instruction.accept(new Assembler());
      Assembler assembler = Assembler.withoutAvx512();
      assertThatThrownBy(() -> instruction.accept(assembler))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("AVX-512 alone has");
    }
  }

  /** Code that an assembler for all processors wrote would be found here. */
  @Test
  void noKernelForAvx2HasAnInstructionOfAvx512() {
    assumeTrue(Processor.current().has(Processor.Level.AVX2), "AVX2 is not there");
    List<String> instructions = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    MachineCode.watched(
        (name, listing) ->
            listing
                .toString()
                .lines()
                .map(String::strip)
                .map(line -> line.replaceFirst("^[0-9a-f]+ +", ""))
                .filter(line -> !line.matches(".* d[db] .*"))
                .forEach(
                    line -> {
                      instructions.add(line);
                      if (line.startsWith(EVEX) || line.matches(".*[ ,]k[0-7].*")) {
                        wrong.add(name + ": " + line);
                      }
                    }),
        () -> SelfTest.run(Processor.current().at(Processor.Level.AVX2), _ -> {}, _ -> {}));
    assertThat(instructions).hasSizeGreaterThan(1000);
    assertThat(wrong).isEmpty();
  }
}
