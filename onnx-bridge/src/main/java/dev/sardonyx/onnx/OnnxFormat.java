package dev.sardonyx.onnx;

import dev.sardonyx.api.engine.ModelFormat;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.onnx.internal.read.FileFacts;
import java.nio.file.Path;
import java.util.Map;

/** ONNX files for whoever knows formats only by the service interface. */
public final class OnnxFormat implements ModelFormat {
  @Override
  public String extension() {
    return ".onnx";
  }

  @Override
  public Graph read(Path file) {
    return Onnx.read(file);
  }

  /** {@code ir_version}, {@code opset} with all domains, {@code producer}. */
  @Override
  public Map<String, String> facts(Path file) {
    return FileFacts.read(file);
  }

  /** Opset 0 stands for the one nearest to 21 in which the graph can be written. */
  @Override
  public void write(Graph graph, Path file, int opset) {
    int chosen = opset == 0 ? Onnx.nearestOpset(graph, Onnx.DEFAULT_OPSET) : opset;
    Onnx.write(graph, file, chosen);
  }
}
