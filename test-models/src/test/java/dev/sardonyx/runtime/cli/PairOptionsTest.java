package dev.sardonyx.runtime.cli;

import static dev.sardonyx.runtime.cli.CommandLineTest.accepted;
import static dev.sardonyx.runtime.cli.CommandLineTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairOptionsTest {
  @TempDir Path folder;

  private String exported(String model) {
    String file = folder.resolve(model + ".onnx").toString();
    accepted("export", model, "-o", file);
    return file;
  }

  @Test
  void everyPassHasItsRowAndWhatIsFusedAsWell() {
    String out = accepted("check", "simple-cnn", "--passes");
    assertThat(out).contains("3 sets of inputs", "fold-constants", "fix-shapes", "verdict: PASS");
    assertThat(out).contains("what a session computes together agrees with what is written");
    assertThat(accepted("check", "simple-cnn", "--passes", "--json"))
        .contains("\"pass\": \"flatten-channels-last\"", "\"findings\": []")
        .contains("\"verdict\": \"pass\"");
  }

  @Test
  void aModelAgreesWithItsExportOnOneEngineAndOnTwo() {
    String file = exported("simple-cnn");
    assertThat(accepted("check", "simple-cnn", "--against", file))
        .contains("inputs by name: [x]", "on ort", "verdict: PASS");
    assertThat(accepted("check", "simple-cnn", "--against", file, "-e", "native", "-e", "ort:none"))
        .contains("check simple-cnn on native against", "on ort:none", "verdict: PASS");
  }

  @Test
  void modelsOfOtherShapesAreRefusedNamingBoth() {
    assertThat(refused("check", "simple-cnn", "--against", exported("simple-ffn")))
        .contains("float32[batch, 1, 28, 28]", "float32[batch, 784]");
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    assertThat(refused("check", "simple-cnn", "--passes", "--against", "x.onnx"))
        .contains("--passes and --against");
    assertThat(refused("check", "simple-cnn", "--passes", "-e", "ort")).contains("--passes");
  }

  @Test
  void variantsOfOneEngineAreCompared() {
    assertThat(accepted("check", "simple-cnn", "-e", "ort:none", "-e", "ort:all"))
        .contains("ort:none / ort:all");
    assertThat(refused("check", "simple-cnn", "-e", "native:fp8"))
        .contains("engine 'native' has no variant 'fp8'", "fp16", "no-fold-constants");
  }
}
