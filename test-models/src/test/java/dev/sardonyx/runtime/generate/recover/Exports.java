package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.onnx.Onnx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The files that golden/recover_exports.py makes. */
final class Exports {
  private Exports() {}

  static Graph graph(String name) {
    try (InputStream in = new GZIPInputStream(open(name + ".onnx.gz"))) {
      return Onnx.read(in.readAllBytes(), name);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** PyTorch's state_dict: {@code conv1.weight [64, 3, 7, 7]}, without counts of batches. */
  static List<String> keys(String name) {
    try (InputStream in = open(name + ".keys")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.contains("num_batches_tracked"))
          .toList();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private static InputStream open(String file) {
    return Objects.requireNonNull(Exports.class.getResourceAsStream("/recover/" + file), file);
  }
}
