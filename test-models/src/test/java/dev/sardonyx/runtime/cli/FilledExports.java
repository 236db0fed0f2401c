package dev.sardonyx.runtime.cli;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Reshape;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.onnx.Onnx;
import dev.sardonyx.runtime.compiler.RemoveDead;
import dev.sardonyx.runtime.engine.NativeEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Exports by PyTorch, as it writes them: the files of golden/generate_exports.py and
 * torch_exports.py compute their weights, here they are initializers again.
 */
final class FilledExports {
  private static final String FORMULA = ".shape";

  private FilledExports() {}

  /** Writes an export with its weights into a folder; the name is that of a resource's file. */
  static Path write(String name, Path folder) throws IOException {
    Path file = folder.resolve(Path.of(name).getFileName() + ".onnx");
    Onnx.write(filled(read(name)), file, Onnx.DEFAULT_OPSET);
    return file;
  }

  private static Graph read(String name) throws IOException {
    String resource = "/" + name + ".onnx";
    try (InputStream in = FilledExports.class.getResourceAsStream(resource)) {
      return Onnx.read(Objects.requireNonNull(in, resource).readAllBytes(), name);
    }
  }

  private static Graph filled(Graph light) {
    List<Value> weights =
        light.nodes().stream().filter(node -> isWeight(node, light)).map(Node::output).toList();
    var formulas =
        new Graph(light.name(), List.of(), weights, light.nodes(), light.initializers(), Map.of());
    Map<String, DenseTensor> initializers = new LinkedHashMap<>(light.initializers());
    var engine = new NativeEngine();
    try (Session session =
        engine.open(new RemoveDead().apply(formulas), SessionOptions.defaults())) {
      Map<String, Tensor> computed = session.run(Map.of());
      computed.forEach((name, tensor) -> initializers.put(name, tensor.dense()));
    }
    List<Node> nodes = light.nodes().stream().filter(node -> !isWeight(node, light)).toList();
    return new RemoveDead().apply(light.withNodes(nodes).withInitializers(initializers));
  }

  private static boolean isWeight(Node node, Graph light) {
    return node.op() instanceof Reshape
        && light.initializers().containsKey(node.output().name() + FORMULA);
  }
}
