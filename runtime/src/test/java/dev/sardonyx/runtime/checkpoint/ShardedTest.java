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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardedTest {
  @TempDir Path folder;

  private static StateDict state() {
    Map<String, Tensor> entries = new LinkedHashMap<>();
    entries.put("b", Tensor.of(new float[] {1, 2}, 2));
    entries.put("a", Tensor.of(new float[] {3, 4, 5}, 3));
    entries.put("c", Tensor.of(new long[] {6}));
    return new StateDict(entries, Map.of("format", "pt"));
  }

  @Test
  void shardsAreFilledUpToTheirSizeAndReadBackAsOne() throws IOException {
    Path index = folder.resolve("model.safetensors.index.json");
    state().write(index, options -> options.shardBytes(20));
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder(
            "model.safetensors.index.json",
            "model-00001-of-00002.safetensors",
            "model-00002-of-00002.safetensors");
    assertThat(Files.readString(index)).contains("\"total_size\": 28");
    StateDict found = StateDict.read(index);
    Same.requireSame(found, state());
    assertThat(found.metadata()).isEqualTo(state().metadata());
  }

  @Test
  void aTensorLargerThanAShardHasOneOfItsOwn() {
    Path index = folder.resolve("model.safetensors.index.json");
    state().write(index, options -> options.shardBytes(1));
    assertThat(folder.toFile().list()).hasSize(4);
    Same.requireSame(StateDict.read(index), state());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "../x.safetensors",
        "a/x.safetensors",
        "C:x.safetensors",
        "..",
        "",
        "x.safetensors.index.json",
        "a\\\\x.safetensors",
        "x\\u0000.safetensors"
      })
  void filesOutsideTheFolderAreNeverNamed(String shard) throws IOException {
    Path index = folder.resolve("x.safetensors.index.json");
    Files.writeString(index, "{\"weight_map\": {\"w\": \"" + shard + "\"}}");
    assertThatThrownBy(() -> StateDict.read(index))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining(index.toString());
  }

  @Test
  void indexAndShardsMustAgree() throws IOException {
    state().write(folder.resolve("x.safetensors"));
    Path index = folder.resolve("index.json");
    Files.writeString(index, "{\"weight_map\": {\"a\": \"x.safetensors\"}}");
    assertThatThrownBy(() -> StateDict.read(index)).hasMessageContaining("x.safetensors holds 'b'");
    Files.writeString(index, "{\"weight_map\": {\"d\": \"x.safetensors\"}}");
    assertThatThrownBy(() -> StateDict.read(index)).hasMessageContaining("x.safetensors lacks 'd'");
    Files.writeString(index, "{\"weight_map\": {\"d\": \"y.safetensors\"}}");
    assertThatThrownBy(() -> StateDict.read(index))
        .hasMessageContaining("no such file")
        .hasMessageContaining("a shard of " + index + ", in " + folder.resolve("y.safetensors"));
  }
}
