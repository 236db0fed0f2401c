package dev.sardonyx.runtime.checkpoint;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PyTorchTest {
  static Stream<Expected> reference() throws IOException {
    return Expected.of("pytorch");
  }

  @ParameterizedTest
  @MethodSource("reference")
  void readsAndRefusesWhatTorchSaves(Expected expected) {
    expected.verify();
  }
}
