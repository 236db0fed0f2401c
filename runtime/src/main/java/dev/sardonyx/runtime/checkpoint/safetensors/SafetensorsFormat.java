package dev.sardonyx.runtime.checkpoint.safetensors;

import dev.sardonyx.api.checkpoint.SafetensorsHeader;
import dev.sardonyx.api.file.AtomicFile;
import dev.sardonyx.api.state.CheckpointFormat;
import dev.sardonyx.api.state.ReadOptions;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.state.WriteOptions;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.checkpoint.file.FileMemory;
import dev.sardonyx.runtime.checkpoint.file.FlatFile;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One .safetensors file. Tensors are views of the file. Entries keep the header's order; tied
 * weights are written once per name, for the format has no aliases.
 */
public final class SafetensorsFormat implements CheckpointFormat {
  @Override
  public String name() {
    return "safetensors";
  }

  @Override
  public List<String> extensions() {
    return List.of(SafetensorsHeader.EXTENSION);
  }

  /** A length of eight bytes, then a JSON object. */
  @Override
  public boolean recognises(String fileName, byte[] head) {
    int at = Long.BYTES;
    while (at < head.length && " \t\n\r".indexOf((char) head[at]) >= 0) {
      at++;
    }
    return at < head.length && head[at] == '{' && head[7] == 0;
  }

  @Override
  public StateDict read(Path file, ReadOptions options) {
    FlatFile.requireNoKey(options, name());
    MemorySegment memory = FileMemory.of(file);
    SafetensorsHeader header = SafetensorsHeader.read(memory);
    Map<String, Tensor> entries = new LinkedHashMap<>();
    header
        .entries()
        .forEach(
            (name, entry) -> {
              long size = entry.end() - entry.begin();
              MemorySegment data = memory.asSlice(header.data() + entry.begin(), size);
              entries.put(name, DenseTensor.view(entry.dtype(), entry.shape(), data));
            });
    return new StateDict(entries, header.metadata());
  }

  @Override
  public void write(StateDict state, Path file, WriteOptions options) {
    byte[] header = HeaderWriter.header(state);
    AtomicFile.write(
        file,
        out -> {
          out.write(header);
          for (Tensor tensor : HeaderWriter.inFileOrder(state).values()) {
            AtomicFile.copy(tensor.dense().segment(), out);
          }
        });
  }
}
