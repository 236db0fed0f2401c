package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The parameters of recurrent layers under PyTorch's names and in its order, and as ONNX's
 * operators want them. What differs, the order of gates, is changed by nodes of the graph: so an
 * exported file holds the weights as PyTorch has them, under their names, and engines compute the
 * rest once, when a session opens.
 */
final class RecurrentWeights {
  private static final List<String> KINDS = List.of("weight_ih", "weight_hh", "bias_ih", "bias_hh");

  private final Map<String, Parameter> byName = new LinkedHashMap<>();
  private final int directions;
  private final int[] gateOrder;

  /**
   * Weights drawn from U(-1 / sqrt(hidden), 1 / sqrt(hidden)).
   *
   * @param gateOrder which of PyTorch's gates stands at each place in ONNX
   */
  RecurrentWeights(int inputSize, int hiddenSize, RecurrentOptions options, int... gateOrder) {
    directions = options.directions();
    this.gateOrder = gateOrder;
    int rows = Math.multiplyExact(gateOrder.length, hiddenSize);
    double bound = 1 / Math.sqrt(hiddenSize);
    for (int layer = 0; layer < options.numLayers(); layer++) {
      int input = layer == 0 ? inputSize : Math.multiplyExact(hiddenSize, directions);
      for (int direction = 0; direction < directions; direction++) {
        Shape[] shapes = {
          Shape.of(rows, input), Shape.of(rows, hiddenSize), Shape.of(rows), Shape.of(rows)
        };
        for (int kind = 0; kind < (options.bias() ? 4 : 2); kind++) {
          byName.put(name(kind, layer, direction), Initialization.within(shapes[kind], bound));
        }
      }
    }
  }

  private static String name(int kind, int layer, int direction) {
    return KINDS.get(kind) + "_l" + layer + (direction == 1 ? "_reverse" : "");
  }

  DType dtype() {
    return byName.values().iterator().next().dtype();
  }

  Structure structure(String type) {
    Structure structure = Structure.of(type);
    byName.forEach(structure::add);
    return structure;
  }

  /** X's inputs beside it: W, R and, where there are biases, B. */
  List<Optional<Tensor>> of(int layer) {
    List<Optional<Tensor>> result = new ArrayList<>();
    result.add(Optional.of(joined(0, layer)));
    result.add(Optional.of(joined(1, layer)));
    boolean bias = byName.containsKey(name(2, layer, 0));
    result.add(
        bias
            ? Optional.of(Tensor.cat(List.of(joined(2, layer), joined(3, layer)), 1))
            : Optional.empty());
    return result;
  }

  /** The weights of a kind for all directions, [directions, gates * hidden, ...]. */
  private Tensor joined(int kind, int layer) {
    List<Tensor> all = new ArrayList<>();
    for (int direction = 0; direction < directions; direction++) {
      String name = name(kind, layer, direction);
      Tensor weight = Objects.requireNonNull(byName.get(name), name);
      all.add(reordered(weight).unsqueeze(0));
    }
    return all.size() == 1 ? all.getFirst() : Tensor.cat(all, 0);
  }

  private Tensor reordered(Tensor weight) {
    if (gateOrder.length == 1) {
      return weight;
    }
    List<Tensor> gates = weight.chunk(gateOrder.length, 0);
    return Tensor.cat(Arrays.stream(gateOrder).mapToObj(gates::get).toList(), 0);
  }
}
