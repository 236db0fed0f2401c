package dev.sardonyx.runtime.cli;

import static dev.sardonyx.runtime.cli.CommandLineTest.accepted;
import static dev.sardonyx.runtime.cli.CommandLineTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sardonyx.runtime.engine.KernelSelection;
import dev.sardonyx.runtime.machine.Processor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options and properties that change how the native engine computes. */
class ComputingOptionsTest {
  @TempDir Path folder;

  @Test
  void anUnknownPrecisionNamesAll() {
    for (String command : List.of("run", "check", "bench")) {
      assertThat(refused(command, "simple-ffn", "--precision", "double"))
          .contains("--precision", "float32, fast, bf16", "double");
    }
  }

  @Test
  void aPrecisionIsToldWithTheResultAndSoIsWhyItIsNotToBeHad() {
    boolean tiles = KernelSelection.fastest().kernels().hasTiles();
    for (String word : List.of("fast", "bf16")) {
      String told = "precision " + word + ": " + (tiles ? "engine native" : "no AMX tiles here");
      assertThat(accepted("check", "simple-cnn", "--precision", word)).contains("note: " + told);
      assertThat(accepted("check", "simple-cnn", "--precision", word, "--json")).contains(told);
    }
    assertThat(accepted("check", "simple-cnn")).doesNotContain("precision");
    assertThat(accepted("doctor")).contains(tiles ? "float32, fast and bf16" : "no AMX tiles here");
  }

  @Test
  void theSelfTestRunsWhatThePropertyAllows() throws Exception {
    assumeThat(Processor.current().has(Processor.Level.AVX512)).isTrue();
    List<String> tested = new ArrayList<>();
    for (String level : List.of("AVX2", "AVX-512")) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Dsardonyx.machine=" + level));
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.addAll(List.of(Main.class.getName(), "doctor", "--self-test"));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      tested.add(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      assertThat(process.waitFor()).as(tested.getLast()).isZero();
    }
    // the last line counts the kernels; those of wider vectors are others, and more
    assertThat(tested.getFirst()).isNotEqualTo(tested.getLast());
    assertThat(kernels(tested.getFirst())).isLessThan(kernels(tested.getLast()));
  }

  private static int kernels(String out) {
    String last = out.lines().toList().getLast();
    assertThat(last).startsWith("PASS: ");
    return Integer.parseInt(last.split(" ")[1].replace(",", ""));
  }

  @Test
  void tuningIsKeptWhereThePropertySaysAndNowhereWithoutIt() throws IOException {
    String before = System.getProperty("sardonyx.cache");
    System.setProperty("sardonyx.cache", folder.resolve("cache").toString());
    try {
      accepted("check", "simple-cnn");
      assertThat(folder.resolve("cache")).doesNotExist();
      assertThat(accepted("check", "simple-cnn", "--tune")).contains("verdict: PASS");
      try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
        Path file = files.findFirst().orElseThrow();
        assertThat(Files.readString(file))
            .startsWith("sardonyx tuning 1\n")
            .contains("conv 2x1x28x28 to 32");
      }
    } finally {
      if (before == null) {
        System.clearProperty("sardonyx.cache");
      } else {
        System.setProperty("sardonyx.cache", before);
      }
    }
  }
}
