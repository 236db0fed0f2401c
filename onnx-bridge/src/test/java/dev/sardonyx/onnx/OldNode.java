package dev.sardonyx.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Opaque;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.onnx.internal.codec.TensorCodec;
import dev.sardonyx.onnx.internal.proto.GraphProto;
import dev.sardonyx.onnx.internal.proto.ModelProto;
import dev.sardonyx.onnx.internal.proto.NodeProto;
import dev.sardonyx.onnx.internal.proto.OperatorSetIdProto;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;

/** One node of an old operator set with its inputs, float32 ones from outside, others constant. */
record OldNode(int opset, NodeProto node, Map<String, DenseTensor> values, List<String> constants) {
  OldNode(int opset, NodeProto node) {
    this(opset, node, Map.of(), List.of());
  }

  OldNode with(String name, DenseTensor tensor, boolean constant) {
    Map<String, DenseTensor> more = new LinkedHashMap<>(values);
    more.put(name, tensor);
    List<String> names = new ArrayList<>(constants);
    if (constant) {
      names.add(name);
    }
    return new OldNode(opset, node, more, names);
  }

  /** An input of ascending numbers, some of them negative. */
  OldNode input(String name, long... sizes) {
    return with(name, ascending(sizes), false);
  }

  OldNode constant(String name, Tensor tensor) {
    return with(name, tensor.dense(), true);
  }

  static DenseTensor ascending(long... sizes) {
    int elements = 1;
    for (long size : sizes) {
      elements *= (int) size;
    }
    float[] data = new float[elements];
    for (int i = 0; i < elements; i++) {
      data[i] = (i * 7 % 23) / 4f - 2.25f;
    }
    return Tensor.of(data, sizes).dense();
  }

  ModelProto model() {
    var graph = GraphProto.newBuilder().setName("old").addNode(node);
    values.forEach(
        (name, tensor) -> {
          if (constants.contains(name)) {
            graph.addInitializer(TensorCodec.encode(name, tensor));
          } else {
            long[] sizes = tensor.type().shape().sizes();
            graph.addInput(Protos.value(name, tensor.dtype().onnxCode(), sizes));
          }
        });
    node.getOutputList().stream()
        .filter(name -> !name.isEmpty())
        .forEach(name -> graph.addOutput(Protos.untyped(name)));
    return ModelProto.newBuilder()
        .setIrVersion(opset < 9 ? 4 : 7)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
        .setGraph(graph)
        .build();
  }

  Graph graph() {
    return Onnx.read(model().toByteArray(), "old.onnx");
  }

  /** The outputs of the upgraded graph. */
  List<float[]> upgraded() {
    Graph graph = graph();
    assertThat(graph.nodes().stream().map(Node::op)).noneMatch(Opaque.class::isInstance);
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    graph.inputs().stream()
        .map(Value::name)
        .forEach(name -> inputs.put(name, Graphs.named(values, name)));
    try (Session session = Sardonyx.engine("ort").open(graph, SessionOptions.defaults())) {
      return session.run(inputs).values().stream().map(y -> y.dense().floats()).toList();
    }
  }

  /** The outputs of the file as it is. */
  List<float[]> original() throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    for (var entry : values.entrySet()) {
      if (!constants.contains(entry.getKey())) {
        var data = FloatBuffer.wrap(entry.getValue().floats());
        long[] sizes = entry.getValue().type().shape().sizes();
        inputs.put(entry.getKey(), OnnxTensor.createTensor(environment, data, sizes));
      }
    }
    List<float[]> result = new ArrayList<>();
    try (OrtSession session = environment.createSession(model().toByteArray());
        OrtSession.Result outputs = session.run(inputs)) {
      outputs.forEach(
          output -> result.add(((OnnxTensor) output.getValue()).getFloatBuffer().array()));
    }
    inputs.values().forEach(OnnxTensor::close);
    return result;
  }

  /** Demands that the upgraded graph and the file as it is agree on ONNX Runtime. */
  void requireSame() throws OrtException {
    List<float[]> expected = original();
    List<float[]> found = upgraded();
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i)).containsExactly(expected.get(i), within());
    }
  }

  private static Offset<Float> within() {
    return Offset.offset(1e-6f);
  }
}
