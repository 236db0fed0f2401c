package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * What becomes of an element that an update falls on; updates are taken in order. Source: ONNX
 * ScatterElements, ScatterND.
 */
public enum ScatterReduction {
  /** The update replaces it. */
  NONE("none", 11),
  /** Their sum. */
  ADD("add", 16),
  /** Their product. */
  MUL("mul", 16),
  /** The greater. */
  MAX("max", 18),
  /** The lesser. */
  MIN("min", 18);

  private static final Set<DType> ADDABLE = addable();

  private static Set<DType> addable() {
    EnumSet<DType> types = EnumSet.copyOf(Inputs.NUMBERS);
    types.add(DType.BOOL);
    return types;
  }

  private final String text;
  private final int sinceOpset;

  ScatterReduction(String text, int sinceOpset) {
    this.text = text;
    this.sinceOpset = sinceOpset;
  }

  int sinceOpset() {
    return sinceOpset;
  }

  /** Several sums or products are rounded one after the other. */
  Precision precision() {
    return switch (this) {
      case NONE, MAX, MIN -> Precision.EXACT;
      case ADD, MUL -> Precision.ROUNDED;
    };
  }

  Attributes attributes() {
    return Attributes.none().with("reduction", Attribute.of(text), Attribute.of(NONE.text));
  }

  /** Errors: ARGUMENT for a name that ONNX does not have. */
  static ScatterReduction read(Attributes attributes) {
    String name = attributes.string("reduction", NONE.text);
    return Arrays.stream(values())
        .filter(reduction -> reduction.text.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new SardonyxException(
                    ErrorCode.ARGUMENT,
                    "reduction must be none, add, mul, max or min, found '" + name + "'"));
  }

  /** Errors: DTYPE unless data and updates are of one type, which can be reduced. */
  void requireTypes(Inputs in) {
    in.sameDType(0, 2);
    if (this != NONE) {
      in.requireDType(0, "data of reduction " + text, ADDABLE);
    }
  }
}
