package dev.sardonyx.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.state.StateDict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxInitializersTest {
  @TempDir Path folder;

  private Path export(String name) {
    Path file = folder.resolve(name);
    Onnx.write(TorchExportTest.read("my_model_intro"), file, 17);
    return file;
  }

  @Test
  void aModelsWeightsAreACheckpointInTheFilesOrder() {
    Graph graph = TorchExportTest.read("my_model_intro");
    StateDict found = StateDict.read(export("x.onnx"));
    assertThat(List.copyOf(found.entries().keySet()))
        .isEqualTo(List.copyOf(graph.initializers().keySet()));
    assertThat(found.get("conv1.weight").floats())
        .isEqualTo(new StateDict(Map.copyOf(graph.initializers())).get("conv1.weight").floats());
  }

  @Test
  void contentsTellTheFormatNotTheName() {
    assertThat(StateDict.read(export("weights.bin")).entries()).containsKey("conv1.weight");
  }

  @Test
  void brokenFilesAndWeightsWithoutAModelAreRefused() throws IOException {
    Path broken = Files.write(folder.resolve("y.onnx"), new byte[] {8, 7, 58, 100, 10, 3});
    assertThatThrownBy(() -> StateDict.read(broken))
        .isInstanceOfSatisfying(
            SardonyxException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.FORMAT))
        .hasMessageContaining(broken.toString());
    assertThatThrownBy(() -> new StateDict(Map.of()).write(folder.resolve("z.onnx")))
        .isInstanceOfSatisfying(
            SardonyxException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.UNSUPPORTED));
  }
}
