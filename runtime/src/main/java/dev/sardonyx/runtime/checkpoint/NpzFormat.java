package dev.sardonyx.runtime.checkpoint;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Excerpt;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.file.AtomicFile;
import dev.sardonyx.api.state.CheckpointFormat;
import dev.sardonyx.api.state.ReadOptions;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.state.WriteOptions;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.checkpoint.file.FileMemory;
import dev.sardonyx.runtime.checkpoint.file.FlatFile;
import dev.sardonyx.runtime.checkpoint.file.MemoryLimit;
import dev.sardonyx.runtime.checkpoint.zip.ZipArchive;
import dev.sardonyx.runtime.checkpoint.zip.ZipHead;
import dev.sardonyx.runtime.checkpoint.zip.ZipRecord;
import dev.sardonyx.runtime.checkpoint.zip.ZipWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** NumPy's archives of arrays, stored or compressed. Source: numpy.savez, savez_compressed. */
public final class NpzFormat implements CheckpointFormat {
  private static final String ARRAY = ".npy";

  @Override
  public String name() {
    return "NumPy";
  }

  @Override
  public List<String> extensions() {
    return List.of(".npz");
  }

  /** A zip archive whose first entry is an array. */
  @Override
  public boolean recognises(String fileName, byte[] head) {
    return ZipHead.isArchive(head)
        ? ZipHead.firstName(head).endsWith(ARRAY)
        : ZipHead.isEmptyArchive(head) && fileName.endsWith(".npz");
  }

  @Override
  public StateDict read(Path file, ReadOptions options) {
    FlatFile.requireNoKey(options, name());
    ZipArchive archive = ZipArchive.read(FileMemory.of(file));
    var limit = new MemoryLimit(options.memoryLimit());
    Map<String, Tensor> entries = new LinkedHashMap<>();
    for (ZipRecord record : archive.records().values()) {
      String name = record.name();
      if (!name.endsWith(ARRAY)) {
        throw new SardonyxException(
            ErrorCode.FORMAT, "its entry '" + Excerpt.of(name) + "' is no " + ARRAY + " file");
      }
      try {
        Tensor tensor = Npy.parse(archive.contents(record, limit), limit);
        entries.put(name.substring(0, name.length() - ARRAY.length()), tensor);
      } catch (SardonyxException error) {
        throw error.at("entry '" + Excerpt.of(name) + "'");
      }
    }
    return new StateDict(entries);
  }

  @Override
  public void write(StateDict state, Path file, WriteOptions options) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    state.entries().forEach((name, tensor) -> headers.put(name, Npy.header(tensor.dense())));
    AtomicFile.write(file, out -> write(state, headers, out));
  }

  private static void write(StateDict state, Map<String, byte[]> headers, OutputStream out)
      throws IOException {
    var zip = new ZipWriter(out);
    for (Map.Entry<String, byte[]> header : headers.entrySet()) {
      DenseTensor tensor = state.get(header.getKey()).dense();
      zip.add(
          header.getKey() + ARRAY,
          List.of(MemorySegment.ofArray(header.getValue()), tensor.segment()));
    }
    zip.finish();
  }
}
