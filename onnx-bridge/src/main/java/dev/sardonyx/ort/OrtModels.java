package dev.sardonyx.ort;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.onnx.ExportOptions;
import dev.sardonyx.onnx.Onnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a graph gets to ONNX Runtime: as bytes, or where memory is short through a file for a moment,
 * with the weights beside, which it maps.
 */
final class OrtModels {
  /** As bytes, weights are there in messages, twice as bytes, and twice in ONNX Runtime. */
  private static final int COPIES_AS_BYTES = 16;

  private static final String FILE = "model.onnx";
  private static final String WEIGHTS = "model.onnx.data";

  private OrtModels() {}

  /** What the constants of a graph take. */
  static long weightBytes(Graph graph) {
    return graph.initializers().values().stream().mapToLong(DenseTensor::byteSize).sum();
  }

  /**
   * Opens a graph. Errors: FILE where memory is short and nothing can be written.
   *
   * @param budget bytes that the session may take
   */
  static OrtSession open(
      OrtEnvironment environment,
      Graph graph,
      int opset,
      OrtSession.SessionOptions settings,
      long budget)
      throws OrtException {
    return weightBytes(graph) <= budget / COPIES_AS_BYTES
        ? environment.createSession(Onnx.bytes(graph, opset), settings)
        : throughFile(environment, graph, opset, settings);
  }

  private static OrtSession throughFile(
      OrtEnvironment environment, Graph graph, int opset, OrtSession.SessionOptions settings)
      throws OrtException {
    Path folder = folder();
    try {
      Path file = folder.resolve(FILE);
      Onnx.write(graph, file, new ExportOptions(opset, true));
      return environment.createSession(file.toString(), settings);
    } finally {
      delete(folder.resolve(FILE));
      delete(folder.resolve(WEIGHTS));
      delete(folder);
    }
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("sardonyx-model");
    } catch (IOException error) {
      throw new SardonyxException(
          ErrorCode.FILE, "no folder for a model can be made: " + error.getMessage(), error);
    }
  }

  /** What is still mapped goes with the process on systems that keep it. */
  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      file.toFile().deleteOnExit();
    }
  }
}
