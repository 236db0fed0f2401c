package dev.sardonyx.onnx;

import com.google.protobuf.UnsafeByteOperations;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.file.AtomicFile;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.trace.Trace;
import dev.sardonyx.onnx.internal.codec.Messages;
import dev.sardonyx.onnx.internal.expand.GraphOpsets;
import dev.sardonyx.onnx.internal.proto.ModelProto;
import dev.sardonyx.onnx.internal.read.FileBytes;
import dev.sardonyx.onnx.internal.read.ModelReader;
import dev.sardonyx.onnx.internal.write.ExternalWeights;
import dev.sardonyx.onnx.internal.write.ModelWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * ONNX files. Weights stand in them under their state_dict names, symbolic dims under their own,
 * and each node carries the module and the source line that it came from; so a graph that was
 * written reads back as the same graph. The same graph always gives the same bytes. Source: ONNX IR
 * specification.
 */
public final class Onnx {
  /** What is written where no opset is asked for. */
  public static final int DEFAULT_OPSET = 21;

  private Onnx() {}

  /**
   * Reads a file of opset 1 to 27. Every file is hostile until read: whatever is in it, the outcome
   * is a checked graph or a SardonyxException that names the file. Operators that the vocabulary
   * does not have become {@link dev.sardonyx.api.op.Opaque}; older forms take the newest.
   *
   * @throws SardonyxException FILE when it cannot be read, FORMAT when it is no ONNX model, GRAPH,
   *     SHAPE, DTYPE or ARGUMENT at the node that breaks a rule, UNSUPPORTED for newer opsets and
   *     file versions and for sparse and opaque values, LIMIT beyond 2 GiB, 1,000,000 nodes, rank
   *     1024 or 100 nested messages
   */
  public static Graph read(Path file) {
    try {
      Path folder = file.toAbsolutePath().resolveSibling("");
      return ModelReader.read(FileBytes.model(file), stem(file), folder);
    } catch (SardonyxException error) {
      throw error.in(file.toString());
    }
  }

  /** Reads a model from bytes; the name is for messages and for a graph that has none. */
  public static Graph read(byte[] bytes, String name) {
    try {
      return ModelReader.read(UnsafeByteOperations.unsafeWrap(bytes), name);
    } catch (SardonyxException error) {
      throw error.in(name);
    }
  }

  /**
   * Traces a model and writes it at opset 21. Errors: what the trace reports; as {@link #write}.
   */
  public static void export(NnModule model, Path file) {
    export(model, file, ExportOptions.defaults());
  }

  /** Traces a model and writes it. Errors: what the trace reports; as {@link #write}. */
  public static void export(NnModule model, Path file, ExportOptions options) {
    write(Trace.of(model).graph(), file, options);
  }

  /**
   * Writes a graph; the file is there whole or not at all.
   *
   * @throws SardonyxException ARGUMENT for an opset outside 7 to 27; UNSUPPORTED when the opset
   *     lacks operators, naming all such nodes and the lowest opset that works; FILE when the file
   *     cannot be written; GRAPH, SHAPE or DTYPE for a graph that breaks a rule
   */
  public static void write(Graph graph, Path file, int opset) {
    write(graph, file, new ExportOptions(opset));
  }

  /** The same, with the data of weights beside on request. Errors: as there. */
  public static void write(Graph graph, Path file, ExportOptions options) {
    try {
      if (options.weightsBeside() || !ModelWriter.fits(graph)) {
        Path data = file.resolveSibling(file.getFileName() + ".data");
        var weights = new ExternalWeights(String.valueOf(data.getFileName()));
        ModelProto model = ModelWriter.model(graph, options.opset(), weights);
        AtomicFile.write(data, weights::writeTo);
        AtomicFile.write(file, out -> Messages.write(model, out));
      } else {
        ModelProto model = ModelWriter.model(graph, options.opset());
        AtomicFile.write(file, out -> Messages.write(model, out));
      }
    } catch (SardonyxException error) {
      throw error.in(file.toString());
    }
  }

  /** The bytes of the file that {@link #write} writes. Errors: as there, FILE excepted. */
  public static byte[] bytes(Graph graph, int opset) {
    ModelProto model = ModelWriter.model(graph, opset);
    var out = new ByteArrayOutputStream(model.getSerializedSize());
    try {
      Messages.write(model, out);
    } catch (IOException error) {
      throw new UncheckedIOException("memory cannot fail to be written", error);
    }
    return out.toByteArray();
  }

  /**
   * The opset nearest to a wished one in which every node of a graph exists in its form. Errors:
   * UNSUPPORTED when there is none, which a graph read from an old file may come to.
   */
  public static int nearestOpset(Graph graph, int wished) {
    return GraphOpsets.nearest(graph, wished);
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
