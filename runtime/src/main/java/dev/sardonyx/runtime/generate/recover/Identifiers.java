package dev.sardonyx.runtime.generate.recover;

import java.util.Set;
import javax.lang.model.SourceVersion;

/** Java's names for things that have others. */
final class Identifiers {
  private static final Set<String> OF_MODULES =
      Set.of("forward", "structure", "load", "train", "eval", "apply", "describe");

  private Identifiers() {}

  /** A name as of a field or variable: {@code max_pooling1} is maxPooling1, LayerNorm layerNorm. */
  static String variable(String text) {
    String name = camelCase(text);
    if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
      name = "value" + name;
    }
    name = Character.toLowerCase(name.charAt(0)) + name.substring(1);
    boolean taken = SourceVersion.isKeyword(name) || OF_MODULES.contains(name);
    return taken || name.equals("_") ? name + "Module" : name;
  }

  /** A name as of a class: self_attn is SelfAttn. */
  static String type(String text) {
    String name = variable(text);
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static String camelCase(String text) {
    var result = new StringBuilder();
    boolean upper = false;
    for (char letter : text.toCharArray()) {
      boolean plain = letter < 128 && Character.isLetterOrDigit(letter);
      if (plain) {
        result.append(upper && result.length() > 0 ? Character.toUpperCase(letter) : letter);
      }
      upper = !plain;
    }
    return result.toString();
  }
}
