package dev.sardonyx.api.op;

import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.List;

/**
 * Strings without stop words, in upper or lower case. Shapes: [C] or [1, C]; one empty string where
 * nothing is left. Source: ONNX StringNormalizer.
 *
 * @param locale whose upper and lower case is meant, as en_US; empty for en_US
 */
public record StringNormalizer(
    CaseChange caseChangeAction, boolean isCaseSensitive, String locale, List<String> stopwords)
    implements TextOp {

  /** What happens to letters. */
  public enum CaseChange {
    NONE,
    LOWER,
    UPPER
  }

  public StringNormalizer {
    stopwords = List.copyOf(stopwords);
  }

  @Override
  public String name() {
    return "StringNormalizer";
  }

  @Override
  public int sinceOpset() {
    return 10;
  }

  @Override
  public Attributes attributes() {
    Attributes result =
        Attributes.none()
            .with(
                "case_change_action",
                Attribute.of(caseChangeAction.name()),
                Attribute.of(CaseChange.NONE.name()))
            .with("is_case_sensitive", Attribute.of(isCaseSensitive), Attribute.of(false))
            .with("locale", Attribute.of(locale), Attribute.of(""));
    return stopwords.isEmpty()
        ? result
        : result.with("stopwords", new Attribute.Strings(stopwords));
  }

  static StringNormalizer read(Attributes attributes) {
    attributes.only("case_change_action", "is_case_sensitive", "locale", "stopwords");
    String action = attributes.string("case_change_action", "NONE");
    return new StringNormalizer(
        switch (action) {
          case "NONE" -> CaseChange.NONE;
          case "LOWER" -> CaseChange.LOWER;
          case "UPPER" -> CaseChange.UPPER;
          default ->
              throw attributes.error(
                  "StringNormalizer: case_change_action must be NONE, LOWER or UPPER, found "
                      + action);
        },
        attributes.bool("is_case_sensitive", false),
        attributes.string("locale", ""),
        attributes.strings("stopwords"));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    TensorType x = TextOp.strings(in.requireCount(1, 1), 0, "X");
    if (!x.shape().isKnown()) {
      return List.of(x);
    }
    boolean row = x.rank() == 2 && !x.dim(0).differsFrom(Dim.of(1));
    if (x.rank() != 1 && !row) {
      throw in.shapeError("X must be [C] or [1, C], found " + x);
    }
    Dim words = new Dim.Unknown();
    return List.of(
        x.withShape(row ? Shape.of(List.of(Dim.of(1), words)) : Shape.of(List.of(words))));
  }
}
