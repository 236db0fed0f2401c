package dev.sardonyx.onnx.internal.read;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.GraphChecker;
import dev.sardonyx.onnx.internal.opset.FileVersions;
import dev.sardonyx.onnx.internal.proto.ModelProto;
import dev.sardonyx.onnx.internal.proto.StringStringEntryProto;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.Map;

/** The outermost message: bytes to a checked graph. */
public final class ModelReader {
  /** Messages within messages; an If within an If costs three. */
  private static final int DEEPEST = 100;

  private ModelReader() {}

  /**
   * Reads a model.
   *
   * @param name the graph's name where the file gives none
   * @throws SardonyxException FORMAT for bytes that are no model, UNSUPPORTED for what is not read
   *     yet, GRAPH, SHAPE, DTYPE or ARGUMENT at the node that breaks a rule, LIMIT
   */
  public static Graph read(ByteString bytes, String name) {
    ModelProto model = parse(bytes);
    requireVersion(model, bytes.size());
    Graph graph = new GraphReader(OpsetImports.of(model), Arena.ofAuto()).read(model.getGraph());
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

  private static ModelProto parse(ByteString bytes) {
    try {
      CodedInputStream in = bytes.newCodedInput();
      in.setRecursionLimit(DEEPEST);
      in.enableAliasing(true); // weights are copied once, from the file's bytes to their own memory
      ModelProto model = ModelProto.parseFrom(in);
      in.checkLastTagWas(0);
      return model;
    } catch (InvalidProtocolBufferException error) {
      throw new SardonyxException(
          ErrorCode.FORMAT,
          "expected an ONNX model, found "
              + bytes.size()
              + " bytes that are not (all) of one: "
              + String.valueOf(error.getMessage()).replaceFirst("\\.$", ""),
          error);
    } catch (IOException error) {
      throw new SardonyxException(
          ErrorCode.FILE, "the model cannot be read: " + error.getMessage(), error);
    }
  }

  private static void requireVersion(ModelProto model, int size) {
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
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED,
          "ir_version is " + version + "; up to " + FileVersions.HIGHEST + " can be read");
    }
    if (model.getFunctionsCount() > 0) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED,
          "the model has functions of its own ("
              + model.getFunctions(0).getName()
              + ", "
              + model.getFunctionsCount()
              + " in all), which are not supported yet");
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
