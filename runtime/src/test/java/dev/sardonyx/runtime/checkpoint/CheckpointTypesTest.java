package dev.sardonyx.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.checkpoint.CheckpointTypes;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.state.StateDict;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers read without their tensors say what whole files do, and refuse what is refused there. */
class CheckpointTypesTest {
  @TempDir Path folder;

  static Stream<Path> files() throws IOException {
    List<Path> all;
    try (Stream<Path> files =
        Stream.concat(
            Files.list(Expected.resource("safetensors")),
            Files.list(Expected.resource("hostile/safetensors")))) {
      all = files.filter(CheckpointTypesTest::isRead).sorted().toList();
    }
    assertThat(all).hasSizeGreaterThan(50);
    return all.stream();
  }

  private static boolean isRead(Path file) {
    return CheckpointTypes.EXTENSIONS.stream().anyMatch(file.toString()::endsWith);
  }

  /**
   * Unless the contents are of another format, which only a whole file may be, whatever its name.
   */
  @ParameterizedTest
  @MethodSource("files")
  void headersSayWhatWholeFilesDo(Path file) {
    try {
      assertSameTypes(file, StateDict.read(file));
    } catch (SardonyxException refused) {
      assertRefused(file);
    }
  }

  static void assertSameTypes(Path file, StateDict state) {
    if (isRead(file)) {
      var types = CheckpointTypes.read(file);
      assertThat(List.copyOf(types.keySet())).isEqualTo(state.names());
      types.forEach((name, type) -> assertThat(type).as(name).isEqualTo(state.get(name).type()));
    }
  }

  static void assertRefused(Path file) {
    if (isRead(file)) {
      assertThatThrownBy(() -> CheckpointTypes.read(file))
          .isInstanceOfSatisfying(
              SardonyxException.class,
              error -> assertThat(error.file().orElseThrow()).contains(folderOf(file)));
    }
  }

  /** Of a sharded checkpoint the message may name the index or the shard. */
  private static String folderOf(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent()).getFileName().toString();
  }

  @ParameterizedTest
  @CsvSource({
    "'version https://git-lfs.github.com/spec/v1\noid sha256:12', a Git LFS pointer",
    "'<!DOCTYPE html><html>', an HTML page",
    "'', an empty file",
    "'just some words, and a few more', a text file"
  })
  void whatIsOftenFoundInsteadIsNamed(String contents, String kind) throws IOException {
    Path file = folder.resolve("w.safetensors");
    Files.write(file, contents.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> CheckpointTypes.read(file))
        .isInstanceOfSatisfying(
            SardonyxException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.FORMAT))
        .hasMessageContaining("expected a safetensors file, found " + kind)
        .hasMessageContaining(file.toString());
  }

  /** A compiler that reads it has other things in its heap. */
  @ParameterizedTest
  @ValueSource(strings = {"w.safetensors", "w.safetensors.index.json"})
  void headersThatTakeMuchMemoryAreNotReadAlone(String name) throws IOException {
    Path file = folder.resolve(name);
    try (var out = new RandomAccessFile(file.toFile(), "rw")) { // a sparse file
      out.writeLong(Long.reverseBytes(99_000_000));
      out.setLength(99_000_008);
    }
    assertThatThrownBy(() -> CheckpointTypes.read(file))
        .isInstanceOfSatisfying(
            SardonyxException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.LIMIT))
        .hasMessageContaining("20000000");
  }

  @Test
  void foldersAndFilesThatAreNotThereAreErrorsOfFile() {
    for (Path file : List.of(folder, folder.resolve("absent.safetensors"))) {
      assertThatThrownBy(() -> CheckpointTypes.read(file))
          .isInstanceOfSatisfying(
              SardonyxException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.FILE))
          .hasMessageContaining(file.toString());
    }
  }
}
