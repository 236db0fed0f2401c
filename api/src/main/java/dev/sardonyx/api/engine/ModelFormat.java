package dev.sardonyx.api.engine;

import dev.sardonyx.api.graph.Graph;
import java.nio.file.Path;
import java.util.Map;

/** A file format of graphs; found by ServiceLoader. */
public interface ModelFormat {

  /** The file name extension with its dot: {@code .onnx}. */
  String extension();

  /** Reads a graph. Errors: FILE, FORMAT, LIMIT, each with the file and what is wrong. */
  Graph read(Path file);

  /** What a file tells about itself besides its graph, such as versions. Errors: FILE, FORMAT. */
  Map<String, String> facts(Path file);

  /**
   * Writes a graph; the same graph gives the same bytes.
   *
   * @param opset the operator set to write, or 0 for the format's default
   */
  void write(Graph graph, Path file, int opset);
}
