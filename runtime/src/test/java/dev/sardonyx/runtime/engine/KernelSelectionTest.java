package dev.sardonyx.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import dev.sardonyx.runtime.machine.Processor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KernelSelectionTest {

  @Test
  void takesTheVectorSetWhereTheModuleIs() {
    KernelSelection selection = KernelSelection.portable();
    assertThat(selection.kernels().name()).startsWith("vector (");
    assertThat(selection.word()).isEqualTo("vector");
    assertThat(selection.reason()).startsWith("vector (").contains("jdk.incubator.vector is there");
  }

  @Test
  void fallsBackToScalarWithoutTheModuleAndSaysWhatToAdd() throws Exception {
    assertThat(inNewJvm())
        .contains(
            "scalar kernels: the module jdk.incubator.vector is not there;"
                + " start java with --add-modules jdk.incubator.vector");
  }

  @Test
  void takesMachineCodeWhereTheProcessorHasWhatItIsWrittenFor() throws Exception {
    assumeTrue(Processor.current().has(Processor.Level.AVX512));
    assertThat(inNewJvm("--enable-native-access=ALL-UNNAMED", "-Xint"))
        .contains("machine (AVX-512) kernels:");
  }

  @Test
  void takesNoMoreThanAvx2WhereAskedTo() throws Exception {
    assumeTrue(Processor.current().has(Processor.Level.AVX2));
    assertThat(inNewJvm("--enable-native-access=ALL-UNNAMED", "-Xint", "-Dsardonyx.machine=AVX2"))
        .contains("machine (AVX2) kernels:");
  }

  @Test
  void saysWhyThereIsNoMachineCodeWithoutAWarningOfTheJvm() throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"));
    assertThat(inNewJvm("--add-modules", "jdk.incubator.vector"))
        .contains("no machine code: ")
        .contains("--enable-native-access=ALL-UNNAMED")
        .doesNotContain("restricted");
  }

  @Test
  void saysWhyThereIsNoMachineCodeWhereNativeAccessIsDenied() throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"));
    assertThat(inNewJvm("--add-modules", "jdk.incubator.vector", "--illegal-native-access=deny"))
        .contains("WARNING: no machine code: ", "kernels serve")
        .contains("--enable-native-access=ALL-UNNAMED")
        .doesNotContain("Exception");
  }

  @Test
  void takesPlainLoopsWhereAskedTo() throws Exception {
    assertThat(inNewJvm("--enable-native-access=ALL-UNNAMED", "-Dsardonyx.kernels=scalar"))
        .contains("scalar kernels: -Dsardonyx.kernels asks for them")
        .doesNotContain("machine");
  }

  @Test
  void leavesMachineCodeOutWhereAskedTo() throws Exception {
    assertThat(
            inNewJvm(
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Dsardonyx.kernels=vector"))
        .contains("vector (")
        .doesNotContain("machine");
  }

  @Test
  void aWordThatNobodyKnowsIsToldOnceWithAllThereAreAndIgnored() throws Exception {
    String told =
        inNewJvm(
            "--enable-native-access=ALL-UNNAMED",
            "-Xint",
            "-Dsardonyx.kernels=fast",
            "-Dsardonyx.machine=avx2");
    assertThat(told.lines().filter(line -> line.startsWith("WARNING: -Dsardonyx.")))
        .containsExactly(
            "WARNING: -Dsardonyx.kernels=fast is ignored: it takes one of"
                + " machine; vector; scalar; machine,vector; machine,scalar",
            "WARNING: -Dsardonyx.machine=avx2 is ignored: it takes one of AVX2; AVX-512");
    assertThat(told.lines().toList().getLast())
        .contains(
            Processor.current().unavailable().isEmpty() ? "machine code for" : "scalar kernels:",
            "-Dsardonyx.kernels=fast is ignored",
            "-Dsardonyx.machine=avx2 is ignored");
  }

  @Test
  void propertiesAreTakenByTheirWords() {
    for (String word : List.of("machine", "vector", "scalar", "machine,vector", "machine,scalar")) {
      var read = KernelProperties.of(Optional.of(word), Optional.empty());
      assertThat(read.remarks()).isEmpty();
      assertThat(read.machine()).isEqualTo(word.contains("machine"));
      assertThat(read.scalar()).isEqualTo(word.contains("scalar"));
    }
    for (Processor.Level level : Processor.Level.values()) {
      var read = KernelProperties.of(Optional.empty(), Optional.of(level.toString()));
      assertThat(read.remarks()).isEmpty();
      assertThat(read.level()).contains(level);
      assertThat(read.machine()).isTrue();
    }
  }

  @Test
  void warnsOnceOfScalarKernels() throws Exception {
    assertThat(inNewJvm().lines().filter(line -> line.startsWith("WARNING: scalar kernels:")))
        .hasSize(1);
  }

  @Test
  void fallsBackToScalarWithoutTheOptimisingCompiler() throws Exception {
    assertThat(inNewJvm("--add-modules", "jdk.incubator.vector", "-Xint"))
        .contains("scalar kernels: this JVM runs without its optimising compiler");
  }

  private static String inNewJvm(String... flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Print.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.strip();
  }

  /** Prints the selection of a fresh JVM and uses the chosen set once. */
  static final class Print {
    private Print() {}

    public static void main(String[] arguments) {
      KernelSelection.fastest();
      KernelSelection selection = KernelSelection.fastest();
      var x = Arena.ofAuto().allocate(2 * Float.BYTES);
      try (Kernels.Lease _ = selection.kernels().lease()) {
        selection.kernels().unary(new UnaryFunction.Relu(), x, x, 2);
      }
      System.out.println(selection.reason());
    }
  }
}
