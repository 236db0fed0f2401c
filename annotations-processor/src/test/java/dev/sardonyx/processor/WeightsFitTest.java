package dev.sardonyx.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PyTorch's entries of a network against those of the same network in Java, and of others. */
class WeightsFitTest {
  private static final Path WEIGHTS = Path.of("src/test/resources/weights").toAbsolutePath();
  private static final String FILE = "\"digits.safetensors\"";

  @TempDir Path folder;

  private String error(String arguments, String text, String replacement) throws IOException {
    List<String> errors = WeightsSources.compile(folder, WEIGHTS, arguments, text, replacement);
    assertThat(errors).hasSize(1);
    return errors.getFirst();
  }

  @Test
  void theSameNetworkFits() throws IOException {
    assertThat(WeightsSources.compile(folder, WEIGHTS, FILE)).isEmpty();
  }

  @Test
  void anotherShapeIsShownBesideTheFiles() throws IOException {
    assertThat(error(FILE, "(1, 4, 3, o -> o.padding(1))", "(1, 4, 5, o -> o.padding(2))"))
        .startsWith("[Weights] digits.safetensors does not fit Digits: 1 of another shape\n")
        .containsPattern("conv.weight  float32\\[4, 1, 5, 5]  float32\\[4, 1, 3, 3]  clash")
        .contains(WEIGHTS.resolve("digits.safetensors").toString())
        .doesNotContain("bn.weight");
  }

  @Test
  void missingAndUnexpectedEntriesAreToldTogetherWithNearNames() throws IOException {
    assertThat(error(FILE, "new Linear(4, 3), new ReLU(), ", "new Linear(4, 3), "))
        .startsWith("[Weights] digits.safetensors does not fit Digits: 2 missing, 2 unexpected\n")
        .containsPattern("blocks.1.weight  float32\\[2, 3]  - +missing")
        .containsPattern("blocks.2.bias    - +float32\\[2] +unexpected")
        .contains("hint: our 'blocks.1.weight' may be their 'blocks.2.weight'");
  }

  @Test
  void anotherPrefixIsAHint() throws IOException {
    assertThat(
            error(
                FILE, "@Layer final Sequential blocks", "@Layer(\"head\") final Sequential blocks"))
        .contains("4 missing, 4 unexpected", "head.0.weight", "blocks.0.weight");
  }

  @Test
  void otherElementTypesFitWhereTheyAreCast() throws IOException {
    byte[] bytes = Files.readAllBytes(WEIGHTS.resolve("digits.safetensors"));
    String integers =
        new String(bytes, StandardCharsets.ISO_8859_1).replaceFirst("\"F32\"", "\"I32\"");
    Files.write(
        folder.resolve("integers.safetensors"), integers.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(WeightsSources.compile(folder, folder, "\"integers.safetensors\""))
        .singleElement()
        .asString()
        .contains("1 of another element type", "int32[4, 1, 3, 3]", "cast");
    String cast = "value = \"integers.safetensors\", cast = true";
    assertThat(WeightsSources.compile(folder, folder, cast)).isEmpty();
  }

  @Test
  void aPartialLoadNeedsOneEntryThatFits() throws IOException {
    String partial = "value = " + FILE + ", partial = true";
    String kernel = "(1, 4, 3, o -> o.padding(1))";
    assertThat(
            WeightsSources.compile(
                folder, WEIGHTS, partial, kernel, "(1, 4, 5, o -> o.padding(2))"))
        .isEmpty();
    Files.writeString(folder.resolve("none.safetensors"), "\u0002\0\0\0\0\0\0\0{}");
    assertThat(
            WeightsSources.compile(folder, folder, "value = \"none.safetensors\", partial = true"))
        .singleElement()
        .asString()
        .contains("nothing of it fits; 10 missing");
  }

  @Test
  void longTablesEnd() throws IOException {
    String message =
        error(
            FILE,
            "@Layer final Sequential blocks",
            "@Layer final Sequential more = new Sequential("
                + "new Linear(2, 2), ".repeat(40)
                + "new ReLU());\n  @Layer final Sequential blocks");
    assertThat(message).contains("80 missing\n", "and 60 more\n");
    assertThat(message.lines().count()).isLessThan(30);
  }

  @Test
  void namesWithoutEndCostAShortMessage() throws IOException {
    String name = "a.".repeat(3000);
    String entry = "\"%d.%s\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[%d,%d]}";
    String header =
        IntStream.range(0, 2000)
            .mapToObj(i -> entry.formatted(i, name, 12 * i, 12 * i + 12))
            .collect(Collectors.joining(",", "{", "}"));
    ByteBuffer file = ByteBuffer.allocate(8 + header.length() + 12 * 2000);
    file.order(ByteOrder.LITTLE_ENDIAN).putLong(header.length());
    file.put(header.getBytes(StandardCharsets.US_ASCII));
    Files.write(folder.resolve("names.safetensors"), file.array());
    assertThat(WeightsSources.compile(folder, folder, "\"names.safetensors\""))
        .singleElement()
        .asString()
        .contains("10 missing, 2000 unexpected", "and 1990 more")
        .hasSizeLessThan(10_000);
  }

  /** What the compiler cannot know is no mistake. */
  @Test
  void aModelWhoseSizesAreNotKnownIsLeftAlone() throws IOException {
    assertUnknownSizes(List.of());
    assertUnknownSizes(
        List.of(
            "[Weights] whether digits.safetensors fits Digits was not checked: what its constructor"
                + " without arguments makes is not known"),
        "-Averbose");
  }

  @Test
  void whereShapesAreNotCheckedTheFileAloneIs() throws IOException {
    String wrong = "new Linear(9, 3)";
    String off = "-Asardonyx.shapes=off";
    assertThat(WeightsSources.compile(folder, WEIGHTS, FILE, "new Linear(4, 3)", wrong, off))
        .isEmpty();
    assertThat(
            WeightsSources.compile(
                folder, WEIGHTS, FILE, "new Linear(4, 3)", wrong, off, "-Averbose"))
        .singleElement()
        .asString()
        .contains("was not checked");
    assertThat(WeightsSources.compile(folder, WEIGHTS, "\"no.safetensors\"", "x", "x", off))
        .singleElement()
        .asString()
        .contains("no.safetensors is not there");
  }

  private void assertUnknownSizes(List<String> said, String... options) throws IOException {
    assertThat(
            WeightsSources.compile(
                folder,
                WEIGHTS,
                FILE,
                "new Linear(4, 3)",
                "new Linear(Integer.getInteger(\"size\", 4), 3)",
                options))
        .isEqualTo(said);
  }
}
