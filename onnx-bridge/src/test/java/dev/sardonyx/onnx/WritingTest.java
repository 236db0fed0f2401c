package dev.sardonyx.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.engine.ModelFormat;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.nn.NnModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritingTest {
  @TempDir Path folder;

  @Test
  void fileReplacesAnotherWholeAndLeavesNothingBeside() throws Exception {
    Path file = Files.writeString(folder.resolve("m.onnx"), "old");
    Onnx.write(Graphs.twoLayers(), file, 21);
    assertThat(Files.readAllBytes(file)).isEqualTo(Onnx.bytes(Graphs.twoLayers(), 21));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
    Graphs.assertSame(Onnx.read(file), Graphs.twoLayers());
  }

  @Test
  void failureLeavesTheOldFile() throws Exception {
    Path file = Files.writeString(folder.resolve("m.onnx"), "old");
    assertThatThrownBy(() -> Onnx.write(Graphs.twoLayers(), file, 7))
        .hasMessageContaining("[Unsupported]")
        .hasMessageContaining("in " + file);
    assertThat(file).hasContent("old");
  }

  @Test
  void pathsThatCannotBeWrittenAreRefusedByName() throws Exception {
    Path noFolder = folder.resolve("none/m.onnx");
    assertThatThrownBy(() -> Onnx.write(Graphs.twoLayers(), noFolder, 21))
        .hasMessage(
            "[File] cannot write: the folder %s does not exist, in %s",
            noFolder.getParent(), noFolder);
    assertThatThrownBy(() -> Onnx.write(Graphs.twoLayers(), folder, 21))
        .hasMessageContaining("[File] cannot write: expected a regular file, found a folder")
        .hasMessageEndingWith(", in " + folder);
    Path underFile = Files.createFile(folder.resolve("file")).resolve("m.onnx");
    assertThatThrownBy(() -> Onnx.write(Graphs.twoLayers(), underFile, 21))
        .hasMessageContaining("[File]");
    assertThatThrownBy(() -> Onnx.write(Graphs.twoLayers(), Path.of("/dev/null"), 21))
        .hasMessageContaining("[File] cannot write: expected a regular file");
  }

  @Test
  void modelWithoutDescriptorIsNotExported() {
    NnModule module = new NnModule() {};
    assertThatThrownBy(() -> Onnx.export(module, folder.resolve("m.onnx")))
        .hasMessageContaining("[Model]");
    assertThat(ExportOptions.defaults().opset()).isEqualTo(21);
  }

  @Test
  void formatIsFoundAndChoosesAnOpsetThatWorks() {
    ModelFormat format =
        ServiceLoader.load(ModelFormat.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.extension().equals(".onnx"))
            .findFirst()
            .orElseThrow();
    Path file = folder.resolve("m.onnx");
    Graph graph =
        Protos.read(
            17,
            g ->
                g.addNode(Protos.node("Pad", List.of("x", "p"), List.of("y")))
                    .addInitializer(Protos.raw("p", 7, List.of(4L), new byte[32]))
                    .addOutput(Protos.value("y", 1, 2, 3)));
    format.write(graph, file, 0);
    Graphs.assertSame(format.read(file), graph);
  }
}
