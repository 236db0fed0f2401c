package dev.sardonyx.runtime.checkpoint.sharded;

import dev.sardonyx.api.checkpoint.ShardIndex;
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
import dev.sardonyx.runtime.checkpoint.pytorch.PyTorchFormat;
import dev.sardonyx.runtime.checkpoint.safetensors.SafetensorsFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checkpoints in several files of one folder, with an index that says what lies where. */
public final class ShardedFormat implements CheckpointFormat {
  private static final List<CheckpointFormat> SHARDS =
      List.of(new SafetensorsFormat(), new PyTorchFormat());

  @Override
  public String name() {
    return "sharded";
  }

  @Override
  public List<String> extensions() {
    return SHARDS.stream()
        .flatMap(format -> format.extensions().stream())
        .map(extension -> extension + ShardIndex.EXTENSION)
        .toList();
  }

  /** A JSON object that has a weight_map, or is named as an index. */
  @Override
  public boolean recognises(String fileName, byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    return text.stripLeading().startsWith("{")
        && (fileName.endsWith(ShardIndex.EXTENSION) || text.contains("\"weight_map\""));
  }

  @Override
  public StateDict read(Path file, ReadOptions options) {
    ShardIndex index = ShardIndex.read(FileMemory.of(file));
    Map<String, Tensor> entries = index.gather(name -> shard(file, name, options));
    return new StateDict(entries, index.metadata());
  }

  private static Map<String, Tensor> shard(Path index, String name, ReadOptions options) {
    Path file = index.resolveSibling(name);
    try {
      return formatOf(name).read(file, options).entries();
    } catch (SardonyxException error) {
      throw error.at("a shard of " + index).in(file.toString());
    }
  }

  /** By name: an index among the shards would have no end. */
  private static CheckpointFormat formatOf(String shard) {
    return SHARDS.stream()
        .filter(format -> format.extensions().stream().anyMatch(shard::endsWith))
        .findFirst()
        .orElseThrow(
            () ->
                new SardonyxException(
                    ErrorCode.FORMAT, "'" + Excerpt.of(shard) + "' is not named as a shard is"));
  }

  /** Writes {@code model-00001-of-00003.safetensors} and so on, then {@code the index}. */
  @Override
  public void write(StateDict state, Path file, WriteOptions options) {
    String name = String.valueOf(file.getFileName());
    String shardName = name.substring(0, name.length() - ShardIndex.EXTENSION.length());
    int dot = shardName.lastIndexOf('.');
    List<Map<String, Tensor>> shards = split(state, options.shardBytes());
    Map<String, String> weightMap = new LinkedHashMap<>();
    for (int i = 0; i < shards.size(); i++) {
      String shard =
          "%s-%05d-of-%05d%s"
              .formatted(
                  shardName.substring(0, dot), i + 1, shards.size(), shardName.substring(dot));
      formatOf(shard)
          .write(
              new StateDict(shards.get(i), state.metadata()), file.resolveSibling(shard), options);
      shards.get(i).keySet().forEach(entry -> weightMap.put(entry, shard));
    }
    long total = state.entries().values().stream().mapToLong(ShardedFormat::bytes).sum();
    byte[] text =
        new ShardIndex(weightMap, state.metadata()).text(total).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(text));
  }

  private static List<Map<String, Tensor>> split(StateDict state, long shardBytes) {
    List<Map<String, Tensor>> result = new ArrayList<>();
    long filled = Long.MAX_VALUE;
    for (Map.Entry<String, Tensor> entry : state.entries().entrySet()) {
      long bytes = bytes(entry.getValue());
      if (filled > shardBytes - bytes) {
        result.add(new LinkedHashMap<>());
        filled = 0;
      }
      result.getLast().put(entry.getKey(), entry.getValue());
      filled += bytes;
    }
    return result;
  }

  private static long bytes(Tensor tensor) {
    return tensor.dense().segment().byteSize();
  }
}
