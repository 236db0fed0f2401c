package dev.sardonyx.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files made to break readers cost a message and nothing else. */
class HostileTest {
  private static final List<String> OWN =
      List.of(
          "pth/own_dicts.pth",
          "pth/own_memo.pth",
          "pth/own_marks.pth",
          "pth/own_text.pth",
          "pth/own_copies.pth",
          "safetensors/own_values.safetensors",
          "safetensors/own_number.safetensors");

  @TempDir Path folder;

  /** All in one JVM of 1 GB, good files among them, which must load to the end. */
  @Test
  void oneJvmOfOneGigabyteOutlivesThemAll() throws Exception {
    copySmallFiles();
    new LargeHostileFiles(folder).write();
    Path cases = folder.resolve("cases.tsv");
    for (String own : OWN) {
      Files.writeString(cases, own + "\tbomb\t-\treject\t-\t-\t-\n", StandardOpenOption.APPEND);
    }
    Files.writeString(
        cases, "pth/ok_min.pth\tcontrol\t-\taccept\t-\tw=1,2,3,4\t-\n", StandardOpenOption.APPEND);
    List<String> rows = Files.readAllLines(cases);
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                HostileCases.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    process.destroyForcibly();
    List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
    assertThat(lines).noneMatch(line -> line.contains("WRONG"));
    assertThat(ended).isTrue();
    assertThat(lines).endsWith("rows\t" + rows.size());
    assertThat(rows).hasSize(102 + OWN.size() + 1);
    assertThat(Path.of(System.getProperty("java.io.tmpdir"), "PWNED_BY_CORPUS")).doesNotExist();
  }

  private void copySmallFiles() throws IOException {
    Path source = Expected.resource("hostile");
    Files.createDirectory(folder.resolve("pth"));
    Files.createDirectory(folder.resolve("safetensors"));
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(source.relativize(file)));
      }
    }
  }
}
