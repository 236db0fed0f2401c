package dev.sardonyx.models.onnx;

import dev.sardonyx.onnx.Onnx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files of opset 6 have PyTorch's outputs on the native engine, old forms NumPy's, also when
 * written as newer ones.
 */
class OldFilesTest {
  private static final Path INSTALLED = Path.of("/usr/share/libonnx-testdata/data");

  /** The copies, and ONNX's whole folders where they are installed. */
  static Stream<SuiteCase> cases() throws URISyntaxException {
    return Stream.of(
            resource("/suite"),
            resource("/old-forms"),
            INSTALLED.resolve("pytorch-operator"),
            INSTALLED.resolve("pytorch-converted"))
        .flatMap(folder -> folders(folder).stream())
        .map(SuiteCase::new);
  }

  static Path resource(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(OldFilesTest.class.getResource(name)).toURI());
  }

  static List<Path> folders(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(parent)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void outputsAreThoseOfTheFile(SuiteCase old) throws IOException {
    var graph = Onnx.read(old.model());
    old.requireOutputs(graph);
    byte[] newer = Onnx.bytes(graph, Onnx.nearestOpset(graph, Onnx.DEFAULT_OPSET));
    old.requireOutputs(Onnx.read(newer, "newer.onnx"));
  }
}
