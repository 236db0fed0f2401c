package dev.sardonyx.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {
  @TempDir Path folder;

  /** saved.npz and compressed.npz are of NumPy 1.24: the numbers from 0 up. */
  @Test
  void readsWhatNumPySaves() {
    StateDict saved = StateDict.read(Expected.resource("numpy/saved.npz"));
    assertThat(saved.entries().keySet()).containsExactly("a", "b.c", "f", "be");
    assertThat(saved.get("a").type().toString()).isEqualTo("float32[2, 3]");
    assertThat(saved.get("a").floats()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(saved.get("b.c").longs()).containsExactly(7);
    assertThat(saved.get("f").dense().doubles()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(saved.get("be").dense().ints()).containsExactly(0, 1, 2);
    StateDict compressed = StateDict.read(Expected.resource("numpy/compressed.npz"));
    assertThat(compressed.get("a").floats()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void whatIsWrittenIsReadBackToTheBit() throws IOException {
    Map<String, Tensor> entries = new LinkedHashMap<>();
    entries.put("z", Tensor.of(new float[] {1, Float.NaN}, 2));
    entries.put("a/b", Tensor.of(new long[] {3}));
    entries.put("none", Tensor.zeros(0, 2));
    var state = new StateDict(entries);
    state.write(folder.resolve("a.npz"));
    Same.requireSame(StateDict.read(folder.resolve("a.npz")), state);
    state.write(folder.resolve("b.npz"));
    assertThat(folder.resolve("a.npz")).hasSameBinaryContentAs(folder.resolve("b.npz"));
  }

  @Test
  void contentsTellTheFormatNotTheName() throws IOException {
    Path renamed = folder.resolve("weights.bin");
    Files.copy(Expected.resource("numpy/saved.npz"), renamed);
    assertThat(StateDict.read(renamed).entries()).containsKey("be");
  }

  @Test
  void keysAndEmptyArchivesAreNotTakenForWhatTheyAreNot() throws IOException {
    Path saved = Expected.resource("numpy/saved.npz");
    assertThatThrownBy(() -> StateDict.read(saved, options -> options.key("model")))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("'model'");
    new StateDict(Map.of()).write(folder.resolve("none.npz"));
    assertThat(StateDict.read(folder.resolve("none.npz")).entries()).isEmpty();
    Path pth = folder.resolve("none.pth");
    Files.copy(folder.resolve("none.npz"), pth);
    assertThatThrownBy(() -> StateDict.read(pth)).hasMessageContaining("data.pkl");
  }
}
