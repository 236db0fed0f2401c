package dev.sardonyx.models.libtorch;

import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A graph whose weights are libtorch's. What depends on weights alone is computed once. */
final class LibtorchSession implements Session {
  private final Graph graph;
  private final Map<String, Tensor> constants = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();

  LibtorchSession(Graph graph) {
    this.graph = graph;
    try (var _ = new InferenceMode(true)) {
      graph.initializers().forEach((name, data) -> constants.put(name, weight(data)));
      for (Node node : graph.nodes()) {
        if (node.inputs().stream().allMatch(value -> isConstant(value))) {
          compute(node, constants);
        } else {
          nodes.add(node);
        }
      }
    }
  }

  private boolean isConstant(Value value) {
    return !value.isPresent() || constants.containsKey(value.name());
  }

  private static Tensor weight(DenseTensor tensor) {
    return view(tensor).clone();
  }

  private static void compute(Node node, Map<String, Tensor> values) {
    List<Tensor> results = LibtorchOperators.compute(node, values);
    for (int i = 0; i < results.size(); i++) {
      values.put(node.outputs().get(i).name(), results.get(i));
    }
  }

  @Override
  public Graph graph() {
    return graph;
  }

  @Override
  public Map<String, Data> runData(Map<String, ? extends Data> inputs) {
    try (var _ = new PointerScope();
        var _ = new InferenceMode(true)) {
      Map<String, Tensor> values = new HashMap<>(constants);
      inputs.forEach(
          (name, data) -> values.put(name, view(((dev.sardonyx.api.tensor.Tensor) data).dense())));
      nodes.forEach(node -> compute(node, values));
      Map<String, Data> results = new LinkedHashMap<>();
      for (Value value : graph.outputs()) {
        Tensor found = Objects.requireNonNull(values.get(value.name()), value.name());
        results.put(value.name(), copy(found));
      }
      return results;
    }
  }

  /** Memory of ours as a tensor of libtorch. */
  private static Tensor view(DenseTensor tensor) {
    var bytes = new BytePointer(tensor.segment().asByteBuffer());
    return torch.from_blob(
        bytes, tensor.shape().sizes(), new TensorOptions(scalarType(tensor.dtype())));
  }

  private static DenseTensor copy(Tensor tensor) {
    Tensor dense = tensor.contiguous();
    DType type = dense.scalar_type() == ScalarType.Long ? DType.INT64 : DType.FLOAT32;
    var bytes = new BytePointer(dense.data_ptr()).capacity(dense.nbytes());
    var memory = MemorySegment.ofBuffer(bytes.asByteBuffer());
    return DenseTensor.copy(type, Shape.of(dense.shape()), memory);
  }

  private static ScalarType scalarType(DType type) {
    return switch (type) {
      case FLOAT32 -> ScalarType.Float;
      case INT64 -> ScalarType.Long;
      default ->
          throw new SardonyxException(
              ErrorCode.UNSUPPORTED, "libtorch here has float32 and int64, found " + type);
    };
  }

  @Override
  public void close() {
    constants.values().forEach(Tensor::close);
    constants.clear();
  }
}
