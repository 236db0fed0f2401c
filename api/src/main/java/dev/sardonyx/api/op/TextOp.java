package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;

/** Operators on strings. */
public sealed interface TextOp extends Op
    permits TextOp.RegexFullMatch,
        TextOp.StringConcat,
        StringNormalizer,
        TextOp.StringSplit,
        TfIdfVectorizer {

  @Override
  default int sinceOpset() {
    return 20;
  }

  @Override
  default Precision precision() {
    return Precision.EXACT;
  }

  /** Whether all of each string matches a pattern of RE2's. Source: ONNX RegexFullMatch. */
  record RegexFullMatch(String pattern) implements TextOp {
    @Override
    public String name() {
      return "RegexFullMatch";
    }

    @Override
    public Attributes attributes() {
      return Attributes.none().with("pattern", Attribute.of(pattern));
    }

    static RegexFullMatch read(Attributes attributes) {
      return new RegexFullMatch(attributes.only("pattern").string("pattern", ""));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      return List.of(new TensorType(DType.BOOL, strings(in.requireCount(1, 1), 0, "X").shape()));
    }
  }

  /** Strings put together, broadcast. Source: ONNX StringConcat. */
  record StringConcat() implements TextOp {
    @Override
    public String name() {
      return "StringConcat";
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      strings(in.requireCount(2, 2), 0, "X");
      strings(in, 1, "Y");
      return List.of(new TensorType(DType.STRING, in.broadcast(0, 1)));
    }
  }

  /**
   * Each string in parts along a new last axis, filled up with empty strings, and how many parts it
   * has. Source: ONNX StringSplit.
   *
   * @param delimiter what stands between parts; if empty, white space of any length
   * @param maxsplit how often a string is split at most; empty or below 0 for always
   */
  record StringSplit(String delimiter, OptionalLong maxsplit) implements TextOp {
    @Override
    public String name() {
      return "StringSplit";
    }

    @Override
    public Attributes attributes() {
      Attributes result =
          Attributes.none().with("delimiter", Attribute.of(delimiter), Attribute.of(""));
      return maxsplit.isPresent()
          ? result.with("maxsplit", Attribute.of(maxsplit.getAsLong()))
          : result;
    }

    static StringSplit read(Attributes attributes) {
      attributes.only("delimiter", "maxsplit");
      return new StringSplit(
          attributes.string("delimiter", ""),
          attributes.byName().containsKey("maxsplit")
              ? OptionalLong.of(attributes.integer("maxsplit", 0))
              : OptionalLong.empty());
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      Shape shape = strings(in.requireCount(1, 1), 0, "X").shape();
      TensorType counts = new TensorType(DType.INT64, shape);
      if (!shape.isKnown()) {
        return List.of(new TensorType(DType.STRING, shape), counts);
      }
      List<Dim> dims = new ArrayList<>(shape.dims());
      dims.add(new Dim.Unknown());
      return List.of(new TensorType(DType.STRING, Shape.of(dims)), counts);
    }
  }

  /** The type of an input of strings. Errors: DTYPE. */
  static TensorType strings(Inputs in, int index, String name) {
    in.requireDType(index, name, EnumSet.of(DType.STRING));
    return in.tensor(index, name);
  }
}
