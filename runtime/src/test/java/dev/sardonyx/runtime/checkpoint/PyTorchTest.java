package dev.sardonyx.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PyTorchTest {
  @TempDir Path folder;

  static Stream<Expected> reference() throws IOException {
    return Expected.of("pytorch");
  }

  private static StateDict read(String name) {
    return StateDict.read(Expected.resource("pytorch").resolve(name));
  }

  @ParameterizedTest
  @MethodSource("reference")
  void readsAndRefusesWhatTorchSaves(Expected expected) {
    expected.verify();
  }

  @ParameterizedTest
  @MethodSource("reference")
  void whatIsWrittenIsReadBackToTheBit(Expected expected) {
    if (expected.loads()) {
      StateDict state = StateDict.read(expected.file());
      state.write(folder.resolve("a.pth"));
      StateDict found = StateDict.read(folder.resolve("a.pth"));
      Same.requireSame(found, state);
      assertThat(found.shared()).isEqualTo(state.shared());
      found.write(folder.resolve("b.pth"));
      assertThat(folder.resolve("a.pth")).hasSameBinaryContentAs(folder.resolve("b.pth"));
    }
  }

  @Test
  void everyTypeOfTorchIsWrittenAndReadBack() {
    Map<String, Tensor> entries = new LinkedHashMap<>();
    for (DType dtype : DType.values()) {
      if (dtype.bits() >= 8) {
        Shape shape = Shape.of(2, 1);
        var data = DenseTensor.allocate(dtype, shape).fill((byte) 0x3c);
        entries.put(dtype.toString(), DenseTensor.view(dtype, shape, data));
      }
    }
    var state = new StateDict(entries);
    state.write(folder.resolve("x.pth"));
    Same.requireSame(StateDict.read(folder.resolve("x.pth")), state);
  }

  @Test
  void typesThatTorchLacksAreRefusedByName() {
    Shape shape = Shape.of(2);
    var packed = DenseTensor.view(DType.INT4, shape, DenseTensor.allocate(DType.INT4, shape));
    assertThatThrownBy(() -> new StateDict(Map.of("w", packed)).write(folder.resolve("x.pth")))
        .hasMessageContaining("int4")
        .hasMessageContaining("entry 'w'");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void tiedWeightsAndViewsShareMemory() {
    StateDict state = read("zip_shared_storage.pth");
    assertThat(state.shared())
        .containsExactly(List.of("wte.weight", "lm_head.weight", "view_rows"));
    assertThat(state.get("wte.weight").dense()).isSameAs(state.get("lm_head.weight").dense());
  }

  @Test
  void textAndNumbersBesideTheWeightsAreMetadata() {
    assertThat(read("zip_checkpoint_nested.pth").metadata())
        .containsEntry("epoch", "12")
        .containsEntry("loss", "0.25")
        .containsEntry("name", "r\u00e9s\u4e2d\u6587");
  }

  @Test
  void aKeyPathLeadsToTheDictThatIsMeant() {
    Path nested = Expected.resource("pytorch/zip_checkpoint_nested.pth");
    assertThat(StateDict.read(nested, o -> o.key("model_state_dict")).entries()).hasSize(18);
    assertThat(StateDict.read(nested, o -> o.key("optimizer_state_dict.state.0")).entries())
        .containsOnlyKeys("step", "exp_avg", "exp_avg_sq");
    assertThatThrownBy(() -> StateDict.read(nested, o -> o.key("model_state_dict.encoder")))
        .isInstanceOfSatisfying(
            SardonyxException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.NOT_FOUND))
        .hasMessageContaining("'encoder'")
        .hasMessageContaining("conv1.weight");
    assertThatThrownBy(() -> StateDict.read(nested, o -> o.key("epoch")))
        .hasMessageContaining("no tensors stand at 'epoch'");
  }

  /** torch.save({'model': {'state_dict': {'w': ones}}, 'ema': {'w': zeros}, 'epoch': 3}). */
  @Test
  void whereTwoDictsHoldTensorsTheErrorListsThem() {
    Path two = Expected.resource("pytorch/zip_model_and_ema.pth");
    assertThatThrownBy(() -> StateDict.read(two))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("'model.state_dict', 'ema'");
    assertThat(StateDict.read(two, o -> o.key("ema")).get("w").floats()).containsExactly(0, 0);
    assertThat(StateDict.read(two, o -> o.key("model.state_dict")).get("w").floats())
        .containsExactly(1, 1);
  }

  @Test
  void keysThatReadAlikeAreRefusedNotOverwritten() {
    assertThatThrownBy(() -> read("zip_keys_alike.pth"))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("two keys of one dict read '0'")
        .hasMessageContaining("zip_keys_alike.pth");
  }

  @Test
  void contentsTellTheFormatNotTheName() throws IOException {
    Path renamed = folder.resolve("weights.safetensors");
    Files.copy(Expected.resource("pytorch/legacy_state_dict.pth"), renamed);
    Same.requireSame(StateDict.read(renamed), read("legacy_state_dict.pth"));
  }

  @Test
  void gatheringHoldsTheMemoryLimit() {
    Path strided = Expected.resource("pytorch/zip_strided.pth");
    assertThat(StateDict.read(strided, o -> o.memoryLimit(1000)).entries()).hasSize(12);
    assertThatThrownBy(() -> StateDict.read(strided, o -> o.memoryLimit(100)))
        .isInstanceOfSatisfying(
            SardonyxException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.LIMIT))
        .hasMessageContaining("memory limit of 100");
  }

  @Test
  void shardsOfTorchAreReadThroughTheirIndex() {
    Path index = folder.resolve("pytorch_model.bin.index.json");
    StateDict state = read("zip_state_dict.pth");
    state.write(index, options -> options.shardBytes(130));
    assertThat(folder.resolve("pytorch_model-00001-of-00002.bin")).exists();
    Same.requireSame(StateDict.read(index), state);
  }
}
