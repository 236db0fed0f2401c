package dev.sardonyx.processor.shape;

import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One step of a chain, as Java text and as what it means.
 *
 * @param layer the layer that it calls, if it calls one
 * @param construction how the layer is made, empty without one
 * @param call the expression over {@code $x}, the tensor, and {@code $l}, the layer
 */
record Step(
    Optional<NnModule> layer, String construction, String call, UnaryOperator<Tensor> meaning) {

  static Step operation(String call, UnaryOperator<Tensor> meaning) {
    return new Step(Optional.empty(), "", call, meaning);
  }

  static Step layer(String construction, UnaryModule layer) {
    return layer(construction, layer, "$l.forward($x)", layer::forward);
  }

  static Step layer(
      String construction, NnModule layer, String call, UnaryOperator<Tensor> meaning) {
    return new Step(Optional.of(layer), construction, call, meaning);
  }

  String expression(int index) {
    return call.replace("$x", "x" + index).replace("$l", "layer" + index);
  }
}
