package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.GraphInference;
import dev.sardonyx.api.op.Inputs;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Operators;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.UnknownType;
import dev.sardonyx.api.type.ValueType;
import dev.sardonyx.onnx.internal.upgrade.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds the operators and types of the nodes that stand for one in a file, before any is made. */
final class StepTyping {
  private final String domain;
  private final Scope scope;
  private final Function<String, ValueType> declared;
  private final Map<String, Inputs.Input> made = new HashMap<>();

  /** A node of the vocabulary with what is known of its outputs. */
  record Typed(Step step, Op op, List<Inputs.Input> outputs) {}

  /**
   * For nodes of a domain over the values of a scope and constants; an output may have a declared
   * type.
   */
  StepTyping(
      String domain,
      Scope scope,
      Map<String, DenseTensor> constants,
      Function<String, ValueType> declared) {
    this.domain = domain;
    this.scope = scope;
    this.declared = declared;
    constants.forEach((name, tensor) -> made.put(name, GraphInference.constant(tensor)));
  }

  /** The nodes typed; empty when there are none, or the vocabulary does not have one of them. */
  Optional<List<Typed>> type(List<Step> steps) {
    List<Op> ops = new ArrayList<>();
    for (Step step : steps) {
      operator(step).ifPresent(ops::add);
    }
    if (steps.isEmpty() || ops.size() < steps.size()) {
      return Optional.empty();
    }
    List<Typed> result = new ArrayList<>();
    for (int i = 0; i < ops.size(); i++) {
      Optional<Typed> typed = type(steps.get(i), ops.get(i));
      if (typed.isEmpty()) {
        return Optional.empty();
      }
      result.add(typed.get());
    }
    return Optional.of(List.copyOf(result));
  }

  /** The vocabulary's operator; empty when it does not have it, or not with these attributes. */
  private Optional<Op> operator(Step step) {
    try {
      return Operators.read(domain, step.operator(), step.attributes());
    } catch (SardonyxException error) {
      if (error.code() == ErrorCode.UNSUPPORTED) {
        return Optional.empty();
      }
      throw error;
    }
  }

  private Optional<Typed> type(Step step, Op op) {
    List<Optional<Inputs.Input>> given = step.inputs().stream().map(this::known).toList();
    boolean unknown =
        given.stream()
            .flatMap(Optional::stream)
            .anyMatch(input -> input.type() instanceof UnknownType);
    List<String> outputs = step.outputs();
    List<Inputs.Input> results =
        unknown ? declared(outputs) : infer(op, new Inputs(op.name(), given));
    if (unknown && outputs.size() > 1 || outputs.size() > results.size()) {
      return Optional.empty();
    }
    for (int i = 0; i < outputs.size(); i++) {
      if (!outputs.get(i).isEmpty()) {
        made.put(outputs.get(i), results.get(i));
      }
    }
    return Optional.of(new Typed(step, op, results));
  }

  private Optional<Inputs.Input> known(String name) {
    return Optional.ofNullable(made.get(name)).or(() -> scope.known(name));
  }

  /** Below a value of unknown type, what the file declares is all there is. */
  private List<Inputs.Input> declared(List<String> outputs) {
    return outputs.stream().map(declared).map(Inputs.Input::of).toList();
  }

  /** Operators compute with sizes exactly; those of a hostile file may be too large for that. */
  static List<Inputs.Input> infer(Op op, Inputs in) {
    try {
      List<Inputs.Input> result = new ArrayList<>();
      for (ValueType type : op.infer(in)) {
        var contents = result.isEmpty() ? op.contents(in) : Optional.<List<Dim>>empty();
        result.add(new Inputs.Input(type, contents));
      }
      return result;
    } catch (ArithmeticException overflow) {
      throw new SardonyxException(
          ErrorCode.LIMIT, op.name() + ": a size or axis is out of range", overflow);
    }
  }
}
