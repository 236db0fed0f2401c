package dev.sardonyx.api.checkpoint;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.FileErrors;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.state.FileKind;
import dev.sardonyx.api.type.TensorType;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names and types of the tensors of a .safetensors file, or of the several that a
 * .safetensors.index.json names. Of the files only the headers are read: no tensor, however large,
 * takes time or memory.
 */
public final class CheckpointTypes {
  /** Endings of the names of files that are read. */
  public static final List<String> EXTENSIONS =
      List.of(SafetensorsHeader.EXTENSION, SafetensorsHeader.EXTENSION + ShardIndex.EXTENSION);

  private static final int HEAD = 4096;

  private CheckpointTypes() {}

  /**
   * Types by name, in the file's order.
   *
   * @throws SardonyxException FILE when it cannot be read, FORMAT when it is none or a broken one,
   *     UNSUPPORTED, LIMIT; with the file's name
   */
  public static Map<String, TensorType> read(Path file) {
    return isIndex(file) ? sharded(file) : single(file);
  }

  private static boolean isIndex(Path file) {
    return file.toString().endsWith(ShardIndex.EXTENSION);
  }

  private static Map<String, TensorType> sharded(Path file) {
    ShardIndex index = from(file, channel -> ShardIndex.read(channel));
    try {
      return index.gather(shard -> single(file.resolveSibling(shard)));
    } catch (SardonyxException error) {
      throw error.in(file.toString());
    }
  }

  private static Map<String, TensorType> single(Path file) {
    Map<String, TensorType> result = new LinkedHashMap<>();
    from(file, CheckpointTypes::header)
        .entries()
        .forEach((name, entry) -> result.put(name, entry.type()));
    return result;
  }

  private interface Reader<T> {
    T read(FileChannel file) throws IOException;
  }

  private static <T> T from(Path file, Reader<T> reader) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new SardonyxException(
              ErrorCode.FILE, "cannot read: expected a regular file, found a folder or a device")
          .in(file.toString());
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return reader.read(channel);
    } catch (SardonyxException error) {
      throw error.in(file.toString());
    } catch (IOException error) {
      throw FileErrors.unreadable(file, error);
    }
  }

  /** Says what the file is, where it is something well known instead. */
  private static SafetensorsHeader header(FileChannel file) throws IOException {
    try {
      return SafetensorsHeader.read(file);
    } catch (SardonyxException error) {
      byte[] head = new byte[(int) Math.min(HEAD, file.size())];
      FileBytes.of(file, 0, head.length).get(head);
      throw FileKind.of(head)
          .map(kind -> error.withReason("expected a safetensors file, found " + kind))
          .orElse(error);
    }
  }
}
