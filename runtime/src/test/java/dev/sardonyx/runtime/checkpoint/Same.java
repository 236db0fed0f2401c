package dev.sardonyx.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.state.StateDict;
import java.util.List;

/** State dicts that are equal to the bit, names in the same order. */
final class Same {
  private Same() {}

  static void requireSame(StateDict found, StateDict expected) {
    assertThat(List.copyOf(found.entries().keySet()))
        .isEqualTo(List.copyOf(expected.entries().keySet()));
    expected
        .entries()
        .forEach(
            (name, tensor) -> {
              assertThat(found.get(name).type()).as(name).isEqualTo(tensor.type());
              var data = found.get(name).dense().segment();
              assertThat(data.mismatch(tensor.dense().segment())).as(name).isEqualTo(-1);
            });
  }
}
