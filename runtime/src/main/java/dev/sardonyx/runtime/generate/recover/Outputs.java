package dev.sardonyx.runtime.generate.recover;

import java.util.List;

/** Names of the parts where a module gives several tensors. */
final class Outputs {
  private static final List<String> NAMES = List.of("first", "second", "third", "fourth", "fifth");

  private Outputs() {}

  static String name(int index) {
    return index < NAMES.size() ? NAMES.get(index) : "output" + (index + 1);
  }
}
