package dev.sardonyx.runtime.checkpoint.pytorch;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Excerpt;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.checkpoint.file.MemoryLimit;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Sequence;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.StorageValue;
import dev.sardonyx.runtime.checkpoint.zip.ZipArchive;
import dev.sardonyx.runtime.checkpoint.zip.ZipRecord;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The zip container: {@code PREFIX/data.pkl} and a record {@code PREFIX/data/KEY} for each storage.
 * Source: torch.serialization since 1.6.
 */
final class ZipCheckpoint {
  private static final String PICKLE = "data.pkl";
  private static final long LARGEST_NOTE = 64;

  private final ZipArchive archive;
  private final String prefix;
  private final boolean bigEndian;
  private final MemoryLimit limit;
  private final Map<String, Storage> storages = new HashMap<>();

  private ZipCheckpoint(ZipArchive archive, String prefix, boolean bigEndian, MemoryLimit limit) {
    this.archive = archive;
    this.prefix = prefix;
    this.bigEndian = bigEndian;
    this.limit = limit;
  }

  /** The object that was saved. Errors: FORMAT, UNSUPPORTED, LIMIT. */
  static PickleValue read(MemorySegment file, MemoryLimit limit) {
    ZipArchive archive = ZipArchive.read(file);
    String prefix = prefix(archive);
    if (archive.find(prefix + "constants.pkl").isPresent()) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED,
          "it is a TorchScript archive of torch.jit.save, which holds code; save"
              + " torch.save(model.state_dict(), ...) instead");
    }
    var checkpoint = new ZipCheckpoint(archive, prefix, isBigEndian(archive, prefix, limit), limit);
    ZipRecord pickle = archive.find(prefix + PICKLE).orElseThrow();
    return Unpickler.read(archive.contents(pickle, limit), checkpoint::storage);
  }

  private static String prefix(ZipArchive archive) {
    List<String> found =
        archive.records().keySet().stream()
            .filter(name -> name.equals(PICKLE) || name.endsWith("/" + PICKLE))
            .toList();
    if (found.size() != 1) {
      throw new SardonyxException(
          ErrorCode.FORMAT,
          "expected a zip archive of torch.save with one data.pkl, found "
              + found.size()
              + " of them among "
              + archive.records().size()
              + " entries");
    }
    return found.getFirst().substring(0, found.getFirst().length() - PICKLE.length());
  }

  private static boolean isBigEndian(ZipArchive archive, String prefix, MemoryLimit limit) {
    ZipRecord record = archive.records().get(prefix + "byteorder");
    if (record == null) {
      return false;
    }
    String order =
        record.size() > LARGEST_NOTE
            ? record.size() + " bytes"
            : StandardCharsets.ISO_8859_1
                .decode(archive.contents(record, limit).asByteBuffer())
                .toString();
    return switch (order) {
      case "little" -> false;
      case "big" -> true;
      default ->
          throw new SardonyxException(
              ErrorCode.FORMAT,
              "its byte order must be little or big, found '" + Excerpt.of(order) + "'");
    };
  }

  private PickleValue storage(Sequence id) {
    PersistentId mention = PersistentId.of(id);
    Storage storage = storages.computeIfAbsent(mention.key(), _ -> open(mention));
    return new StorageValue(storage.requireSame(mention.type(), mention.elements()));
  }

  private Storage open(PersistentId mention) {
    ZipRecord record = archive.records().get(prefix + "data/" + mention.key());
    if (record == null) {
      throw new SardonyxException(
          ErrorCode.FORMAT, "it lacks the storage '" + Excerpt.of(mention.key()) + "'");
    }
    long expected = mention.type().dtype().bytes(mention.elements());
    if (record.size() != expected) {
      throw new SardonyxException(
          ErrorCode.FORMAT,
          "storage '%s' has %d bytes, its %d elements of %s take %d"
              .formatted(
                  Excerpt.of(mention.key()),
                  record.size(),
                  mention.elements(),
                  mention.type().dtype(),
                  expected));
    }
    return new Storage(
        mention.key(), mention.type(), mention.elements(), () -> bytes(record, mention));
  }

  private MemorySegment bytes(ZipRecord record, PersistentId mention) {
    MemorySegment contents = archive.contents(record, limit);
    if (!bigEndian) {
      return contents;
    }
    if (mention.type() == StorageType.UntypedStorage) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED, "an untyped storage of a big-endian machine is not read");
    }
    return ByteSwap.littleEndian(contents, mention.type().dtype(), limit);
  }
}
