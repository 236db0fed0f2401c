package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.api.graph.Value;

/** What the names of initializers say: where PyTorch keeps them, or nothing. */
final class WeightNames {
  private WeightNames() {}

  /** Whether a name is a state_dict's and not an exporter's. */
  static boolean speaks(String name) {
    return !name.isEmpty()
        && name.indexOf('/') < 0
        && name.indexOf(':') < 0
        && name.chars().noneMatch(Character::isWhitespace)
        && !name.startsWith(".")
        && !name.endsWith(".")
        && !name.contains("..")
        && Character.isLetter(name.charAt(0));
  }

  /** The module of a weight that has this name in its layer; empty where it says none. */
  static String module(Value weight, String nameInLayer) {
    String name = weight.name();
    return speaks(name) && name.endsWith("." + nameInLayer)
        ? name.substring(0, name.length() - nameInLayer.length() - 1)
        : "";
  }
}
