package dev.sardonyx.apitest;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphPrinter;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.util.List;

/** Traces of modules, as text. */
final class Graphs {
  private Graphs() {}

  static Graph trace(UnaryModule module, String... dims) {
    return Trace.of(module, TensorType.of(DType.FLOAT32, dims)).graph();
  }

  /** The nodes, one line each, without their origins. */
  static List<String> lines(UnaryModule module, String... dims) {
    return trace(module, dims).nodes().stream().map(GraphPrinter::line).toList();
  }
}
