package dev.sardonyx.runtime.checkpoint.pytorch;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Excerpt;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.file.AtomicFile;
import dev.sardonyx.api.state.CheckpointFormat;
import dev.sardonyx.api.state.ReadOptions;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.state.WriteOptions;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.checkpoint.file.FileMemory;
import dev.sardonyx.runtime.checkpoint.file.MemoryLimit;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.OddTensor;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.TensorValue;
import dev.sardonyx.runtime.checkpoint.zip.ZipHead;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files of torch.save, zipped and legacy. Nothing in them is ever run. Tensors that share a storage
 * share memory; quantized ones are dequantized to float32, as torch.dequantize does.
 */
public final class PyTorchFormat implements CheckpointFormat {
  private static final int PROTO = 0x80;

  @Override
  public String name() {
    return "PyTorch";
  }

  @Override
  public List<String> extensions() {
    return List.of(".pth", ".pt", ".bin", ".ckpt");
  }

  /** A zip archive other than NumPy's, or a pickle. */
  @Override
  public boolean recognises(String fileName, byte[] head) {
    boolean zip = ZipHead.isArchive(head) && !ZipHead.firstName(head).endsWith(".npy");
    return zip || (head.length > 1 && (head[0] & 0xFF) == PROTO && head[1] >= 2 && head[1] <= 5);
  }

  @Override
  public StateDict read(Path file, ReadOptions options) {
    MemorySegment memory = FileMemory.of(file);
    var limit = new MemoryLimit(options.memoryLimit());
    PickleValue root =
        memory.byteSize() > 0 && memory.get(ValueLayout.JAVA_BYTE, 0) == 'P'
            ? ZipCheckpoint.read(memory, limit)
            : LegacyCheckpoint.read(memory);
    Map<String, PickleValue> members =
        options.key().map(key -> NestedState.at(root, key)).orElseGet(() -> NestedState.find(root));
    return new StateDict(tensors(members, limit), NestedState.metadata(root, members));
  }

  private static Map<String, Tensor> tensors(Map<String, PickleValue> members, MemoryLimit limit) {
    var tensors = new Tensors(limit);
    Map<String, Tensor> result = new LinkedHashMap<>();
    members.forEach(
        (name, member) -> {
          try {
            switch (member) {
              case TensorValue(TensorView view) -> result.put(name, tensors.of(view));
              case OddTensor(String reason) ->
                  throw new SardonyxException(ErrorCode.UNSUPPORTED, "it is " + reason);
              default -> {
                // not a weight; plain values become metadata
              }
            }
          } catch (SardonyxException error) {
            throw error.at("entry '" + Excerpt.of(name) + "'");
          }
        });
    return result;
  }

  @Override
  public void write(StateDict state, Path file, WriteOptions options) {
    AtomicFile.write(file, PyTorchWriter.of(state)::writeTo);
  }
}
