package dev.sardonyx.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandsTest {
  @TempDir private Path folder;

  @Test
  void aCheckWritesItsPage() throws IOException {
    Path page = folder.resolve("page.html");
    CommandLineTest.Result result =
        CommandLineTest.run("check", "simple-ffn", "--report", page.toString());
    assertThat(result.status()).as(result.toString()).isZero();
    assertThat(page)
        .content()
        .contains("\"headline\":\"The engines agree\"", "engine ort", "ONNX Runtime", "gemm_2")
        .contains("\"charge\":\"worst\"")
        .containsPattern("\"times\":\\{\"engines\":\\[\"native\",\"ort\"],\"nodes\":\\[\\[");
  }

  @Test
  void anInspectionWritesTheGraphAlone() throws IOException {
    Path page = folder.resolve("page.html");
    CommandLineTest.Result result =
        CommandLineTest.run("inspect", "simple-ffn", "--html", page.toString());
    assertThat(result.status()).as(result.toString()).isZero();
    assertThat(page).content().contains("\"state\":\"graph\"", "SimpleFfn.java:", "Gemm");
    assertThat(result.out()).contains("operators");
  }

  @Test
  void onePageIsForOneModel() throws IOException {
    Path page = folder.resolve("page.html");
    assertThat(CommandLineTest.refused("check", "--all", "--report", page.toString()))
        .contains("--report is for one MODEL, not for --all");
    assertThat(Files.exists(page)).isFalse();
  }

  @Test
  void weightsHaveNoGraphToShow() {
    assertThat(CommandLineTest.refused("inspect", "w.safetensors", "--html", "page.html"))
        .contains("--html is for models");
  }
}
