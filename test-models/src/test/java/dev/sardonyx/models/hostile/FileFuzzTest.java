package dev.sardonyx.models.hostile;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.checkpoint.CheckpointTypes;
import dev.sardonyx.api.engine.Session;
import dev.sardonyx.api.engine.SessionOptions;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.SequenceType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.onnx.Onnx;
import dev.sardonyx.onnx.OnnxDataFormat;
import dev.sardonyx.runtime.checkpoint.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bytes of every format that is read, changed at random where new code is reached: nothing but a
 * SardonyxException comes out. As tests these run over their seeds; with JAZZER_FUZZ=1 one of them
 * searches on (see .ci/run).
 */
@Tag("fuzz")
class FileFuzzTest {
  private static final long MEMORY = 64 << 20;
  private static final long MOST_ELEMENTS = 1000;

  @TempDir Path folder;

  @FuzzTest(maxDuration = "30s")
  void onnx(byte[] bytes) {
    var options =
        SessionOptions.defaults().within(MEMORY).trips(1000).deadline(Duration.ofSeconds(1));
    try {
      var graph = Onnx.read(bytes, "fuzz.onnx");
      try (Session session = Sardonyx.engine("native").open(graph, options)) {
        Map<String, Data> inputs = new HashMap<>();
        for (Value input : graph.inputs()) {
          inputs.put(input.name(), zeros(input));
        }
        session.runData(inputs);
      }
    } catch (SardonyxException refused) {
      requireShort(refused);
    }
  }

  private static Data zeros(Value input) {
    boolean small =
        input.type() instanceof TensorType type
            && type.dtype() != DType.STRING
            && type.shape().isFixed()
            && type.shape().elements().fixed() <= MOST_ELEMENTS;
    if (!small) {
      return DenseTensor.ofStrings(List.of(), Shape.of(0));
    }
    TensorType type = input.tensorType();
    return DenseTensor.view(
        type.dtype(), type.shape(), DenseTensor.allocate(type.dtype(), type.shape()));
  }

  @FuzzTest(maxDuration = "30s")
  void pb(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("fuzz.pb"), bytes);
    TensorType tensor = new TensorType(DType.FLOAT32, Shape.unknown());
    var format = new OnnxDataFormat();
    refusedOrRead(() -> format.read(file, tensor));
    refusedOrRead(() -> format.read(file, new SequenceType(tensor)));
  }

  @FuzzTest(maxDuration = "30s")
  void pth(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("fuzz.pth"), bytes);
    refusedOrRead(() -> StateDict.read(file));
  }

  @FuzzTest(maxDuration = "30s")
  void safetensors(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("fuzz.safetensors"), bytes);
    refusedOrRead(() -> StateDict.read(file));
    refusedOrRead(() -> CheckpointTypes.read(file));
  }

  @FuzzTest(maxDuration = "30s")
  void npy(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("fuzz.npy"), bytes);
    refusedOrRead(() -> Npy.read(file));
  }

  @FuzzTest(maxDuration = "30s")
  void npz(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("fuzz.npz"), bytes);
    refusedOrRead(() -> StateDict.read(file));
  }

  private static void refusedOrRead(Runnable reading) {
    try {
      reading.run();
    } catch (SardonyxException refused) {
      requireShort(refused);
    }
  }

  private static void requireShort(SardonyxException refused) {
    if (String.valueOf(refused.getMessage()).length() > 10_000) {
      throw new IllegalStateException("a message is too long", refused);
    }
  }
}
