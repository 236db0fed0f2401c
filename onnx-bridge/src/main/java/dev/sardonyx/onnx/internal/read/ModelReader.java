package dev.sardonyx.onnx.internal.read;

import com.google.protobuf.ByteString;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Lack;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphChecker;
import dev.sardonyx.onnx.internal.codec.TensorMemory;
import dev.sardonyx.onnx.internal.opset.FileVersions;
import dev.sardonyx.onnx.internal.proto.ModelProto;
import dev.sardonyx.onnx.internal.proto.StringStringEntryProto;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The outermost message: bytes to a checked graph. */
public final class ModelReader {
  private ModelReader() {}

  /**
   * Reads a model.
   *
   * @param name the graph's name where the file gives none
   * @throws SardonyxException FORMAT for bytes that are no model, UNSUPPORTED for newer opsets and
   *     file versions and for sparse and opaque values, GRAPH, SHAPE, DTYPE or ARGUMENT at the node
   *     that breaks a rule, LIMIT
   */
  public static Graph read(ByteString bytes, String name) {
    return read(ModelBytes.of(bytes), name, TensorMemory.inline());
  }

  /** The same with external data from a folder. Errors: as there; FILE. */
  public static Graph read(ModelBytes bytes, String name, Path folder) {
    return read(bytes, name, new TensorMemory(Arena.ofAuto(), new ExternalFiles(folder), Map.of()));
  }

  private static Graph read(ModelBytes bytes, String name, TensorMemory memory) {
    ModelProto model = bytes.parse();
    requireVersion(model, bytes.size());
    var limit = new NodeLimit();
    var context =
        new ModelContext(
            model.getProducerName(),
            OpsetImports.of(model),
            Functions.of(model, limit),
            limit,
            memory.with(bytes.data(model)));
    Graph graph = GraphReader.main(model.getGraph(), context);
    String given = graph.name().isEmpty() ? name : graph.name();
    return GraphChecker.check(
        new Graph(
            given,
            graph.inputs(),
            graph.outputs(),
            graph.nodes(),
            graph.initializers(),
            metadata(model)));
  }

  private static void requireVersion(ModelProto model, long size) {
    if (!model.hasGraph()) {
      throw new SardonyxException(
          ErrorCode.FORMAT, "expected an ONNX model, found " + size + " bytes that have no graph");
    }
    long version = model.getIrVersion();
    if (version < 1) {
      throw new SardonyxException(
          ErrorCode.FORMAT, "ir_version must be 1 or more, found " + version);
    }
    if (version > FileVersions.HIGHEST) {
      throw SardonyxException.unsupported(
          "ir_version is " + version + "; up to " + FileVersions.HIGHEST + " can be read",
          List.of(Lack.irVersion(version)));
    }
  }

  private static Map<String, String> metadata(ModelProto model) {
    Map<String, String> result = new LinkedHashMap<>();
    for (StringStringEntryProto entry : model.getMetadataPropsList()) {
      result.put(entry.getKey(), entry.getValue());
    }
    return result;
  }
}
