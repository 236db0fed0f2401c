package dev.sardonyx.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that Weights names: only what is whole and of the format is taken. */
class WeightsFileTest {
  private static final Path DIGITS = Path.of("src/test/resources/weights/digits.safetensors");

  @TempDir Path folder;
  private Path weights;

  @BeforeEach
  void copyWeights() throws IOException {
    weights = Files.createDirectories(folder.resolve("weights"));
    Files.copy(DIGITS, weights.resolve("digits.safetensors"));
  }

  private List<String> compile(String file) throws IOException {
    return WeightsSources.compile(folder, weights, "\"" + file + "\"");
  }

  private String error(String file) throws IOException {
    List<String> errors = compile(file);
    assertThat(errors).hasSize(1);
    assertThat(errors.getFirst()).startsWith("[Weights] ").hasSizeLessThan(2000);
    return errors.getFirst();
  }

  @ParameterizedTest
  @ValueSource(strings = {"digits.safetensors", "a/../digits.safetensors", "./digits.safetensors"})
  void aWholeFileWithinTheFolderIsTaken(String name) throws IOException {
    assertThat(compile(name)).isEmpty();
  }

  @Test
  void oneThatIsNotThereIsSoughtByItsFullPathAndByNearNames() throws IOException {
    assertThat(error("digit.safetensors"))
        .contains(weights.resolve("digit.safetensors").toString())
        .contains("did you mean digits.safetensors?")
        .contains("-Asardonyx.weights");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() throws IOException {
    Path absent = folder.resolve("absent");
    assertThat(WeightsSources.compile(folder, absent, "\"digits.safetensors\""))
        .singleElement()
        .asString()
        .contains("expected a folder " + absent + ", found none");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 8, 20, 300, 1098})
  void whatIsCutShortIsRefused(int length) throws IOException {
    byte[] whole = Files.readAllBytes(DIGITS);
    Files.write(weights.resolve("cut.safetensors"), Arrays.copyOf(whole, length));
    assertThat(error("cut.safetensors"))
        .contains("cut.safetensors cannot be checked: [Format] ")
        .contains("write or download it again");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MAX_VALUE, 100_000_001, 1L << 62})
  void headersLongerThanTheFormatAllowsAreNotRead(long length) throws IOException {
    write("long.safetensors", length, "{}");
    assertThat(error("long.safetensors")).contains("the format allows 100000000");
  }

  @Test
  void largeFilesCostNoMoreThanTheirHeader() throws IOException {
    long bytes = 64L << 30; // sparse
    String header =
        "{\"w\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[0,%d]}}".formatted(bytes, bytes);
    write("large.safetensors", header.length(), header);
    try (var file = new RandomAccessFile(weights.resolve("large.safetensors").toFile(), "rw")) {
      file.setLength(8 + header.length() + bytes);
    }
    assertThat(error("large.safetensors")).contains("uint8[68719476736]  unexpected");
  }

  @Test
  void endlessNamesAndNestingCostAMessage() throws IOException {
    String name = "a.".repeat(2_000_000);
    write("name.safetensors", 2 + name.length(), "{\"" + name + "\":1}");
    error("name.safetensors");
    String nested = "[".repeat(1_000_000);
    write("nested.safetensors", nested.length(), nested);
    assertThat(error("nested.safetensors")).contains("deep");
  }

  @Test
  void whatIsFoundInsteadOfAFileIsNamed() throws IOException {
    Files.writeString(
        weights.resolve("lfs.safetensors"), "version https://git-lfs.github.com/spec/v1\n");
    assertThat(error("lfs.safetensors")).contains("a Git LFS pointer (run git lfs pull");
    Files.createDirectory(weights.resolve("folder.safetensors"));
    assertThat(error("folder.safetensors")).contains("a folder");
  }

  @Test
  void shardsAreReadBesideTheirIndex() throws IOException {
    Files.copy(DIGITS, weights.resolve("part.safetensors"));
    Path index = weights.resolve("all.safetensors.index.json");
    String names =
        IntStream.of(0, 2)
            .boxed()
            .flatMap(i -> List.of("blocks." + i + ".weight", "blocks." + i + ".bias").stream())
            .map(name -> "\"" + name + "\":\"part.safetensors\"")
            .collect(Collectors.joining(",", "{\"weight_map\":{", "}}"));
    Files.writeString(index, names);
    assertThat(error("all.safetensors.index.json"))
        .contains("part.safetensors holds 'conv.weight', which the index lacks");
    Files.writeString(index, names.replace("part.", "../part."));
    assertThat(error("all.safetensors.index.json")).contains("the index's own folder");
  }

  private void write(String name, long length, String header) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    Path file = weights.resolve(name);
    Files.write(file, head.array());
    Files.writeString(file, header, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
  }
}
