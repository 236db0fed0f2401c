package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.runtime.generate.recover.Step.Code;
import dev.sardonyx.runtime.generate.recover.Step.LayerUse;
import java.util.List;
import java.util.Optional;

/**
 * What a node, with those it absorbs, is in a forward method.
 *
 * @param inputs the values it takes; a layer takes the first alone
 * @param code the call, where there is a method for it
 * @param layer the layer, where it can be one
 * @param hint a name for its result
 * @param absorbed nodes before it that are part of it
 */
record Reading(
    List<Value> inputs,
    Optional<Code> code,
    Optional<LayerUse> layer,
    String hint,
    List<Node> absorbed) {
  Reading {
    inputs = List.copyOf(inputs);
    absorbed = List.copyOf(absorbed);
  }

  static Reading code(String hint, Code code, Value... inputs) {
    return new Reading(List.of(inputs), Optional.of(code), Optional.empty(), hint, List.of());
  }

  static Reading layer(LayerUse layer, Value input) {
    return new Reading(List.of(input), Optional.empty(), Optional.of(layer), "out", List.of());
  }

  static Reading either(String hint, Code code, LayerUse layer, Value input) {
    return new Reading(List.of(input), Optional.of(code), Optional.of(layer), hint, List.of());
  }

  Reading absorbing(Node... nodes) {
    return new Reading(inputs, code, layer, hint, List.of(nodes));
  }
}
