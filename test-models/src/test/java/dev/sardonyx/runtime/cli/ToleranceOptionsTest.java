package dev.sardonyx.runtime.cli;

import static dev.sardonyx.runtime.cli.CommandLineTest.accepted;
import static dev.sardonyx.runtime.cli.CommandLineTest.refused;
import static dev.sardonyx.runtime.cli.CommandLineTest.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tolerances that a check is asked for. */
class ToleranceOptionsTest {
  private static final String[] NONE = {
    "check", "simple-ffn", "--rtol", "0", "--atol", "0", "--l2", "0"
  };

  @TempDir Path folder;

  private String file(String json) throws IOException {
    return Files.writeString(folder.resolve("tolerances.json"), json).toString();
  }

  @Test
  void withoutAnyToleranceEnginesThatRoundDiffer() {
    assertThat(run(NONE).status()).isEqualTo(CommandLineTool.CHECK_FAILED);
    assertThat(accepted("check", "simple-ffn")).contains("verdict: PASS");
  }

  @Test
  void theFileIsForSingleNamesAndTheOptionsForAllOthers() throws IOException {
    String wide = "{\"rtol\": 1, \"atol\": 1}";
    String all =
        "{\"outputs\": {\"output\": %s}, \"operators\": {\"Gemm\": %s}}".formatted(wide, wide);
    String[] words = {
      "check", "simple-ffn", "--rtol", "1e-3", "--atol", "1e-3", "--tolerance-file", file(all)
    };
    assertThat(accepted(words)).contains("verdict: PASS");
  }

  @Test
  void namesAndNumbersThatAreNoneAreRefused() throws IOException {
    assertThat(refused("check", "simple-ffn", "--rtol", "much")).contains("--rtol", "'much'");
    assertThat(refused("check", "simple-ffn", "--atol=-1")).contains("--atol", "'-1'");
    assertThat(refused("check", "simple-ffn", "--l2", "1e999")).contains("--l2", "'1e999'");
    String nodes = file("{\"nodes\": {\"gem_1\": {\"rtol\": 1}}}");
    assertThat(refused("check", "simple-ffn", "--tolerance-file", nodes))
        .contains("node 'gem_1'", "gemm_1");
    String parts = file("{\"node\": {}}");
    assertThat(refused("check", "simple-ffn", "--tolerance-file", parts))
        .contains("tolerances.json", "did you mean nodes?");
  }
}
