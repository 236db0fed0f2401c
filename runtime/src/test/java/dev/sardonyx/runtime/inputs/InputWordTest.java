package dev.sardonyx.runtime.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputWordTest {
  @TempDir Path folder;

  private InputWord parse(String word) {
    return InputWord.parse(word, folder::resolve);
  }

  @Test
  void aFileEndsLikeOneOrHasASeparatorOrIsThere() throws IOException {
    Files.createFile(folder.resolve("values"));
    assertThat(parse("a.npy")).isEqualTo(new InputWord.OfFile(folder.resolve("a.npy"), ""));
    assertThat(parse("A.NPZ:key")).isEqualTo(new InputWord.OfFile(folder.resolve("A.NPZ"), "key"));
    assertThat(parse("cat.png:resize,imagenet"))
        .isEqualTo(new InputWord.OfFile(folder.resolve("cat.png"), "resize,imagenet"));
    assertThat(parse("sub/image")).isEqualTo(new InputWord.OfFile(folder.resolve("sub/image"), ""));
    assertThat(parse("values")).isEqualTo(new InputWord.OfFile(folder.resolve("values"), ""));
  }

  @Test
  void aDistributionIsANameWithNumbers() {
    assertThat(parse("auto")).isEqualTo(new InputWord.Drawn(Optional.empty()));
    assertDrawn("normal", new Distribution.Normal(0, 1));
    assertDrawn("normal:2,0.5", new Distribution.Normal(2, 0.5));
    assertDrawn("uniform(-1, 1e1)", new Distribution.Uniform(-1, 10));
    assertDrawn("tokens(30522)", new Distribution.Tokens(30522));
    assertDrawn("tokens:30522", new Distribution.Tokens(30522));
    assertDrawn("tokens", new Distribution.Tokens(0));
    assertDrawn("ones", new Distribution.Constant(1));
    assertDrawn("constant:-2", new Distribution.Constant(-2));
    assertDrawn("ramp", new Distribution.Ramp(0, 1));
    assertDrawn("image", new Distribution.Image());
    assertDrawn("mask", new Distribution.Mask());
    assertDrawn("type", new Distribution.ByType());
  }

  private void assertDrawn(String word, Distribution distribution) {
    assertThat(parse(word)).isEqualTo(new InputWord.Drawn(Optional.of(distribution)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nromal | did you mean normal",
        "missing.bin | neither a file that is there nor a distribution",
        "tokens:0 | the size of the vocabulary",
        "tokens:2.5 | the size of the vocabulary",
        "uniform:1 | expected 2 numbers",
        "uniform:1,0 | the lower bound first",
        "normal:0,-1 | a deviation of 0 or more",
        "normal:a,b | numbers parted by commas",
        "uniform:0,1e300 | within 2^53",
        "uniform:0,NaN | numbers parted by commas",
        "ones:1 | expected no number",
        "constant | expected 1 number",
      })
  void whatIsNeitherIsRefusedWithWhatThereIs(String word, String told) {
    assertThatThrownBy(() -> parse(word)).hasMessageContaining(told).hasMessageContaining("tokens");
  }

  @Test
  void whatIsBothIsRefused() throws IOException {
    Files.createFile(folder.resolve("image"));
    assertThatThrownBy(() -> parse("image"))
        .hasMessageContaining("'image' is a distribution and a file here: say ./image");
  }
}
