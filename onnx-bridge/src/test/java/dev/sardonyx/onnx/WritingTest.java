package dev.sardonyx.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.engine.ModelFormat;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphBuilder;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    assertThatThrownBy(() -> Onnx.write(Graphs.twoLayers(), file, 6))
        .hasMessageContaining("[Argument]")
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
  void weightsMayLieInOneFileBeside() throws Exception {
    float[] numbers = new float[3000];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    var builder = new GraphBuilder("weights");
    Value x = builder.input("x", TensorType.of(DType.FLOAT32, 3000L));
    Value large = builder.initializer("large", Tensor.of(numbers, 3000).dense());
    Value other = builder.initializer("other", Tensor.full(2f, 3000).dense());
    Value small = builder.initializer("small", Tensor.scalar(3f).dense());
    Value y = builder.add(new BinaryOp.Add(), List.of(x, large), Origin.unknown()).output();
    Value z = builder.add(new BinaryOp.Mul(), List.of(y, other), Origin.unknown()).output();
    Value w = builder.add(new BinaryOp.Mul(), List.of(z, small), Origin.unknown()).output();
    Graph graph = builder.build(List.of(w), Map.of());
    Path file = folder.resolve("m.onnx");
    Onnx.write(graph, file, new ExportOptions(17, true));
    assertThat(Files.size(file)).isLessThan(2000);
    assertThat(Files.size(folder.resolve("m.onnx.data"))).isEqualTo(3 * 4096 + 12000);
    Graphs.assertSame(Onnx.read(file), graph);
    Onnx.write(Onnx.read(file), file, new ExportOptions(17, true)); // over what it is read from
    Graphs.assertSame(Onnx.read(file), graph);
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
