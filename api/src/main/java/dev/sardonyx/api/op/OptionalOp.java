package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.OptionalType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;
import java.util.Optional;

/** Operators on values that may be absent. */
public sealed interface OptionalOp extends Op {

  @Override
  default Precision precision() {
    return Precision.EXACT;
  }

  /**
   * An optional with its input in it, or without a value where there is no input. Source: ONNX
   * Optional.
   *
   * @param type the type of a value that is absent
   */
  record Construct(Optional<ValueType> type) implements OptionalOp {
    @Override
    public String name() {
      return "Optional";
    }

    @Override
    public int sinceOpset() {
      return 15;
    }

    @Override
    public Attributes attributes() {
      return type.map(
              value -> Attributes.none().with("type", (Attribute) new Attribute.TypeValue(value)))
          .orElseGet(Attributes::none);
    }

    static Construct read(Attributes attributes) {
      return new Construct(attributes.only("type").type("type"));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      in.requireCount(0, 1);
      if (in.has(0)) {
        return List.of(new OptionalType(in.value(0, "input")));
      }
      return List.of(
          new OptionalType(
              type.orElseThrow(
                  () -> in.argumentError("attribute type is needed where there is no input"))));
    }
  }

  /**
   * Whether there is a value: one bool. Not so for an input left out; so for a tensor or a
   * sequence. Source: ONNX OptionalHasElement.
   */
  record OptionalHasElement() implements OptionalOp {
    @Override
    public String name() {
      return "OptionalHasElement";
    }

    @Override
    public int sinceOpset() {
      return 18;
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      in.requireCount(0, 1);
      return List.of(TensorType.of(DType.BOOL, new long[0]));
    }
  }

  /** The value in an optional; a tensor or a sequence as it is. Source: ONNX OptionalGetElement. */
  record OptionalGetElement() implements OptionalOp {
    @Override
    public String name() {
      return "OptionalGetElement";
    }

    @Override
    public int sinceOpset() {
      return 18;
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      ValueType input = in.requireCount(1, 1).value(0, "input");
      return List.of(input instanceof OptionalType(ValueType element) ? element : input);
    }
  }
}
