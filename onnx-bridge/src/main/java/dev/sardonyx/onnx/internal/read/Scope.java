package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.GraphInference;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.onnx.internal.names.FreshNames;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The values that are defined so far. */
final class Scope {
  private final Map<String, Inputs.Input> typed = new HashMap<>();
  private final FreshNames fresh;
  private final Map<String, DenseTensor> initializers = new LinkedHashMap<>();

  /** A scope in which fresh names avoid those that a file uses, which it adds to. */
  Scope(Set<String> taken) {
    this(new FreshNames(taken));
  }

  private Scope(FreshNames fresh) {
    this.fresh = fresh;
  }

  /** A scope without values, for a graph within; fresh names differ from those around it. */
  Scope inner() {
    return new Scope(fresh);
  }

  /** Defines a value of this type. Errors: GRAPH when it is defined already. */
  Value define(String name, ValueType type) {
    return define(name, Inputs.Input.of(type));
  }

  /** Defines a value of which contents may be known. Errors: GRAPH when it is defined already. */
  Value define(String name, Inputs.Input input) {
    requireNew(name);
    typed.put(name, input);
    return new Value(name, input.type());
  }

  /** Defines a constant. Errors: GRAPH when it is defined already, FORMAT without a name. */
  Value define(String name, DenseTensor tensor) {
    if (name.isEmpty()) {
      throw new SardonyxException(
          ErrorCode.FORMAT, "an initializer of " + tensor.type() + " has no name");
    }
    Value value = define(name, GraphInference.constant(tensor));
    initializers.put(name, tensor);
    return value;
  }

  private void requireNew(String name) {
    if (typed.containsKey(name)) {
      throw new SardonyxException(ErrorCode.GRAPH, "value '" + name + "' is defined twice");
    }
  }

  /** A value as a node uses it. Errors: GRAPH when it is not defined. */
  Value use(String name) {
    if (name.isEmpty()) {
      return Value.absent();
    }
    Inputs.Input input = typed.get(name);
    if (input == null) {
      throw new SardonyxException(
          ErrorCode.GRAPH,
          "value '" + name + "' is used but not defined by an input, initializer or node");
    }
    return new Value(name, input.type());
  }

  /** What is known of a value; empty for one that is absent. */
  Optional<Inputs.Input> known(String name) {
    return Optional.ofNullable(typed.get(name));
  }

  /** A name that nothing in the file has. */
  String freshName(String stem) {
    return fresh.of(stem);
  }

  /** The constants. */
  Map<String, DenseTensor> initializers() {
    return initializers;
  }
}
