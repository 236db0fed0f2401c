package dev.sardonyx.api.op;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.CommonType;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * Operators that run graphs of their own. What those take from the graphs around them are the last
 * inputs of the node.
 */
public sealed interface ControlOp extends Op
    permits ControlOp.If, ControlOp.Loop, Scan, SequenceMap {

  @Override
  default int sinceOpset() {
    return 11;
  }

  /**
   * One of two graphs. Inputs: cond (one bool), captures. Outputs: those of the branch. Source:
   * ONNX If.
   */
  record If(Body thenBranch, Body elseBranch) implements ControlOp {
    @Override
    public String name() {
      return "If";
    }

    @Override
    public List<Body> bodies() {
      return List.of(thenBranch, elseBranch);
    }

    @Override
    public Attributes attributes() {
      return Attributes.none()
          .with("then_branch", new Attribute.Subgraph(thenBranch))
          .with("else_branch", new Attribute.Subgraph(elseBranch));
    }

    static If read(Attributes attributes) {
      attributes.only("then_branch", "else_branch");
      return new If(attributes.body("then_branch"), attributes.body("else_branch"));
    }

    /** A branch that cannot run on these types is never taken: the other alone tells the types. */
    @Override
    public List<ValueType> infer(Inputs in) {
      requireBool(in, 0, "cond");
      List<Inputs.Input> captured = in.from(1);
      requireInputs(in, thenBranch, captured.size());
      requireInputs(in, elseBranch, captured.size());
      if (thenBranch.outputCount() != elseBranch.outputCount()) {
        throw in.argumentError(
            "both branches must have as many outputs, found "
                + thenBranch.outputCount()
                + " and "
                + elseBranch.outputCount());
      }
      List<Inputs.Input> ifTrue;
      try {
        ifTrue = thenBranch.infer(captured);
      } catch (SardonyxException refused) {
        return types(elseBranch.infer(captured));
      }
      try {
        return common(in, types(ifTrue), types(elseBranch.infer(captured)));
      } catch (SardonyxException refused) {
        return types(ifTrue);
      }
    }

    private static List<ValueType> common(Inputs in, List<ValueType> a, List<ValueType> b) {
      List<ValueType> result = new ArrayList<>();
      for (int i = 0; i < a.size(); i++) {
        result.add(ControlOp.common(in, a.get(i), b.get(i), "output " + i + " of both branches"));
      }
      return result;
    }
  }

  /**
   * A graph run again and again. Inputs: M (int64, optional), cond (bool, optional), values carried
   * from one round to the next, captures. The body takes the round, cond and the carried values and
   * gives cond, the carried values and elements of the scan outputs, which are stacked along a new
   * first axis. Source: ONNX Loop.
   */
  record Loop(Body body) implements ControlOp {
    /** After as many rounds of inference a type that still changes is left open. */
    private static final int EXACT_ROUNDS = 3;

    @Override
    public String name() {
      return "Loop";
    }

    @Override
    public List<Body> bodies() {
      return List.of(body);
    }

    /** The number of carried values. */
    public int carried() {
      return body.inputCount() - 2 - body.captures();
    }

    @Override
    public Attributes attributes() {
      return Attributes.none().with("body", new Attribute.Subgraph(body));
    }

    static Loop read(Attributes attributes) {
      return new Loop(attributes.only("body").body("body"));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      int carried = carried();
      if (carried < 0 || body.outputCount() < 1 + carried) {
        throw in.argumentError(
            "the body must take round, cond and carried values and give cond and those, found "
                + body.inputCount()
                + " inputs and "
                + body.outputCount()
                + " outputs");
      }
      requireInputs(in, body, in.count());
      if (in.has(0)) {
        in.requireDType(0, "M", EnumSet.of(DType.INT64));
      }
      if (in.has(1)) {
        requireBool(in, 1, "cond");
      }
      List<ValueType> state = new ArrayList<>(types(in.from(2).subList(0, carried)));
      List<Inputs.Input> captured = in.from(2 + carried);
      for (int round = 0; ; round++) {
        List<ValueType> outputs = types(body.infer(formal(state, captured)));
        List<ValueType> next = new ArrayList<>();
        for (int i = 0; i < carried; i++) {
          ValueType joined = common(in, state.get(i), outputs.get(1 + i), "carried value " + i);
          next.add(
              round >= EXACT_ROUNDS && !joined.equals(state.get(i))
                  ? CommonType.open(joined)
                  : joined);
        }
        if (next.equals(state)) {
          outputs.subList(1 + carried, outputs.size()).stream()
              .map(type -> stacked(type, new Dim.Unknown(), 0))
              .forEach(next::add);
          return next;
        }
        state = next;
      }
    }

    private static List<Inputs.Input> formal(List<ValueType> state, List<Inputs.Input> captured) {
      List<Inputs.Input> result = new ArrayList<>();
      result.add(Inputs.Input.of(TensorType.of(DType.INT64, new long[0])));
      result.add(Inputs.Input.of(TensorType.of(DType.BOOL, new long[0])));
      state.forEach(type -> result.add(Inputs.Input.of(type)));
      result.addAll(captured);
      return result;
    }
  }

  private static void requireBool(Inputs in, int index, String name) {
    in.requireDType(index, name, EnumSet.of(DType.BOOL));
  }

  static void requireInputs(Inputs in, Body body, int given) {
    if (given != body.inputCount()) {
      throw in.argumentError(
          "its graph takes " + body.inputCount() + " inputs, the node gives " + given);
    }
  }

  static List<ValueType> types(List<Inputs.Input> inputs) {
    return inputs.stream().map(Inputs.Input::type).toList();
  }

  static ValueType common(Inputs in, ValueType a, ValueType b, String what) {
    Optional<ValueType> common = CommonType.of(a, b);
    return common.orElseThrow(
        () -> in.shapeError(what + " must have one type, found " + a + " and " + b));
  }

  /** The type of elements stacked along a new axis. */
  static ValueType stacked(ValueType element, Dim size, int axis) {
    if (!(element instanceof TensorType tensor) || !tensor.shape().isKnown()) {
      return element instanceof TensorType tensor ? tensor.withShape(Shape.unknown()) : element;
    }
    List<Dim> dims = new ArrayList<>(tensor.shape().dims());
    dims.add(axis, size);
    return tensor.withShape(Shape.of(dims));
  }
}
