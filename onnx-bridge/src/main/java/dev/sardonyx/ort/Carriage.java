package dev.sardonyx.ort;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Lack;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.MapData;
import dev.sardonyx.api.tensor.OptionalData;
import dev.sardonyx.api.tensor.SequenceData;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A graph in the form in which ONNX Runtime's Java API can feed it and read its outputs. That API
 * makes tensors of few types and nothing else; so tensors of other types come and go as those of a
 * type that holds their numbers, with a Cast in the graph, and sequences and optionals are put
 * together by nodes in front.
 *
 * @param graph what ONNX Runtime is given
 * @param inputs the types of its inputs, in order, all of which can be made
 * @param outputs the types that outputs of the original have, where they come as others
 */
record Carriage(Graph graph, List<DType> inputs, Map<String, DType> outputs) {

  /** Whether one graph serves all runs: sequences and optionals make it depend on their values. */
  static boolean isFixed(Graph graph) {
    return graph.inputs().stream().allMatch(input -> input.type() instanceof TensorType);
  }

  /**
   * The graph for inputs of these types and, where they are no tensors, this structure.
   *
   * @param data the inputs of a run; may be empty where all are tensors
   * @throws SardonyxException UNSUPPORTED naming all inputs that cannot be carried
   */
  static Carriage of(Graph graph, List<Data> data) {
    require(graph);
    var front = new CarriageBuilder(graph);
    for (int i = 0; i < graph.inputs().size(); i++) {
      Value input = graph.inputs().get(i);
      if (input.type() instanceof TensorType type) {
        front.tensor(input.name(), type);
      } else {
        front.value(input.name(), data.get(i));
      }
    }
    front.requireValues();
    List<Value> results = new ArrayList<>();
    Map<String, DType> restored = new HashMap<>();
    for (Value output : graph.outputs()) {
      boolean carried =
          output.type() instanceof TensorType type && OrtTypes.isReadable(type.dtype());
      if (carried || !(output.type() instanceof TensorType type)) {
        results.add(output);
      } else {
        results.add(front.result(output, type));
        restored.put(output.name(), type.dtype());
      }
    }
    return new Carriage(front.build(results), List.copyOf(front.types()), Map.copyOf(restored));
  }

  /** Demands inputs that can be carried. Errors: UNSUPPORTED naming those that cannot. */
  static void require(Graph graph) {
    List<Value> not =
        graph.inputs().stream().filter(input -> !OrtTypes.canBeInput(input.type())).toList();
    if (!not.isEmpty()) {
      throw SardonyxException.unsupported(
          "ONNX Runtime's Java API cannot carry the inputs " + not,
          not.stream().map(input -> Lack.type("input", dtype(input.type()))).toList());
    }
  }

  private static Object dtype(ValueType type) {
    return type instanceof TensorType tensor ? tensor.dtype() : type;
  }

  /** The tensors in a run's inputs, in the order of this graph's. */
  List<DenseTensor> tensors(List<Data> data) {
    List<DenseTensor> tensors = data.stream().flatMap(Carriage::leaves).toList();
    List<DenseTensor> result = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      DenseTensor tensor = tensors.get(i);
      result.add(OrtTypes.as(inputs.get(i), tensor));
    }
    return result;
  }

  private static Stream<DenseTensor> leaves(Data data) {
    return switch (data) {
      case Tensor tensor -> Stream.of(tensor.dense());
      case SequenceData(ValueType _, List<Data> values) ->
          values.stream().flatMap(Carriage::leaves);
      case OptionalData optional -> optional.value().stream().flatMap(Carriage::leaves);
      case MapData map ->
          throw new SardonyxException(ErrorCode.UNSUPPORTED, "no inputs of " + map.type());
    };
  }

  /** An output as the original graph has it. */
  Data restored(String name, Data result) {
    DType dtype = outputs.get(name);
    return dtype != null && result instanceof Tensor tensor
        ? OrtTypes.as(dtype, tensor.dense())
        : result;
  }
}
