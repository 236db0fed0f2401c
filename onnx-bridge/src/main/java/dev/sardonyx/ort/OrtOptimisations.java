package dev.sardonyx.ort;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far ONNX Runtime may rewrite a graph. Source: ONNX Runtime's graph optimisation levels; with
 * names of our own, because that class may be absent.
 */
enum OrtOptimisations {
  /** Not at all. */
  NONE,
  /** Constants, identities and what is equal. */
  BASIC,
  /** And fusions of nodes. */
  EXTENDED,
  /** And other layouts. */
  ALL;

  /** The level of a word, as in {@code ort:none}. */
  static Optional<OrtOptimisations> of(String word) {
    return Arrays.stream(values()).filter(level -> level.word().equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(OrtOptimisations::word).toList();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
