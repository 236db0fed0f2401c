package dev.sardonyx.models.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Origin;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.UnaryOp;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.onnx.Onnx;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Model files made to break readers and engines cost a message and nothing else. */
class HostileModelsTest {
  @TempDir Path folder;

  /** All in one JVM of 1 GB, a good model after each. */
  @Test
  void oneJvmOfOneGigabyteOutlivesThemAll() throws Exception {
    copy();
    chain(folder.resolve("onnx/graph_chain_30k.onnx"), 30_000);
    chain(folder.resolve("onnx/own_chain_400k.onnx"), 400_000);
    links();
    Path cases = folder.resolve("cases.tsv");
    add("onnx/own_chain_400k.onnx\tdepth\t-\taccept-or-reject\tx=f32[1,3]:1\t-\t-");
    add("onnx/own_link_folder.onnx\texternal\t-\treject-load\t-\t-\t-");
    add("onnx/own_hard_link.onnx\texternal\t-\treject-load\t-\t-\t-");
    List<String> rows = Files.readAllLines(cases);
    assertThat(rows).hasSize(1 + 116 + 3);
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+ExitOnOutOfMemoryError",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                HostileModels.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(8, TimeUnit.MINUTES);
    process.destroyForcibly();
    List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
    assertThat(lines).noneMatch(line -> line.contains("WRONG"));
    assertThat(ended).isTrue();
    assertThat(lines).endsWith("rows\t" + (rows.size() - 1));
    assertThat(Path.of("/tmp/PWNED_BY_CORPUS")).doesNotExist();
  }

  private void add(String row) throws IOException {
    Files.writeString(folder.resolve("cases.tsv"), row + "\n", StandardOpenOption.APPEND);
  }

  private void copy() throws IOException, URISyntaxException {
    var root = Objects.requireNonNull(HostileModelsTest.class.getResource("/hostile"));
    Path source = Path.of(root.toURI());
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = folder.resolve(source.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  /** Links out of the models' folder, and models that name them. */
  private void links() throws IOException {
    Path onnx = folder.resolve("onnx");
    Files.createSymbolicLink(onnx.resolve("link_to_secret"), Path.of("../secret.txt"));
    Files.createSymbolicLink(onnx.resolve("linkdir"), Path.of(".."));
    Files.createSymbolicLink(onnx.resolve("ld"), Path.of(".."));
    Files.createLink(onnx.resolve("hardsec.bin"), folder.resolve("secret.txt"));
    rename("ext_dotdot.onnx", "../secret.txt", "ld/secret.txt", "own_link_folder.onnx");
    rename("ext_ok.onnx", "weights.bin", "hardsec.bin", "own_hard_link.onnx");
  }

  private void rename(String from, String name, String other, String to) throws IOException {
    String bytes =
        Files.readString(folder.resolve("onnx").resolve(from), StandardCharsets.ISO_8859_1);
    assertThat(bytes).contains(name);
    Files.writeString(
        folder.resolve("onnx").resolve(to),
        bytes.replace(name, other),
        StandardCharsets.ISO_8859_1);
  }

  /** A model of many nodes, each on what the one before gives. */
  private static void chain(Path file, int length) {
    TensorType type = TensorType.of(DType.FLOAT32, 1, 3);
    Value input = new Value("x", type);
    List<Node> nodes = new ArrayList<>();
    Value last = input;
    for (int i = 1; i <= length; i++) {
      Value next = new Value(i == length ? "y" : "v" + i, type);
      nodes.add(
          new Node("n" + i, new UnaryOp.Sin(), List.of(last), List.of(next), Origin.unknown()));
      last = next;
    }
    var graph = new Graph("chain", List.of(input), List.of(last), nodes, Map.of(), Map.of());
    Onnx.write(graph, file, 17);
  }
}
