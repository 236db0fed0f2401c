package dev.sardonyx.models.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bisection of ResNet-50 on two pictures of 224 x 224 pixels keeps to its memory: the process as
 * a whole, JVM and ONNX Runtime included.
 */
class BisectionMemoryTest {
  private static final long KILOBYTES_OF_A_GIGABYTE = 1 << 20;

  @TempDir Path folder;

  @Test
  void aGigabyteIsEnoughForResNet50() throws Exception {
    assumeThat(Path.of("/proc/self/status")).exists();
    Path output = folder.resolve("output.txt");
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "--add-modules",
            "jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath,
            "dev.sardonyx.runtime.cli.Main",
            "check",
            "resnet50",
            "--bisect",
            "--memory",
            "1G");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    long peak = 0;
    while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peak(process.pid()));
    }
    String said = Files.readString(output);
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said).contains("175 nodes compared");
    assertThat(peak).isBetween(1L, KILOBYTES_OF_A_GIGABYTE);
  }

  /** The largest resident set so far, in kilobytes; 0 once the process is gone. */
  private static long peak(long process) {
    try {
      return Files.readAllLines(Path.of("/proc", String.valueOf(process), "status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException gone) {
      return 0;
    }
  }
}
