package dev.sardonyx.api.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  /** A program that ends in the middle of a file, as Ctrl-C ends it. */
  public static final class Interrupted {
    private Interrupted() {}

    /** Writes half of the file that it is told. */
    public static void main(String[] words) {
      AtomicFile.write(
          Path.of(words[0]),
          out -> {
            out.write(new byte[5 << 20]);
            System.exit(130);
          });
    }
  }

  @Test
  void anInterruptedProgramLeavesTheOldFileAndNothingElse() throws Exception {
    Path file = Files.writeString(folder.resolve("w.pth"), "old");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Interrupted.class.getName(),
                file.toString())
            .inheritIO()
            .start();
    boolean ended = process.waitFor(1, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
    assertThat(file).hasContent("old");
  }

  @Test
  void aFailedWriteLeavesTheOldFileAndSaysWhy() throws IOException {
    Path file = Files.writeString(folder.resolve("w.pth"), "old");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      throw new IOException("the disk is full");
                    }))
        .hasMessage("[File] cannot write: the disk is full, in " + file);
    assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
    assertThat(file).hasContent("old");
  }

  @Test
  void aFolderThatIsThereIsNotSaidToBeMissing() {
    Path special = Path.of("/proc");
    assumeThat(special).isDirectory();
    assertThatThrownBy(() -> AtomicFile.write(special.resolve("w.pth"), out -> out.write(1)))
        .hasMessageContaining("[File] cannot write: ")
        .message()
        .doesNotContain("does not exist");
  }
}
