package dev.sardonyx.runtime.checkpoint.pytorch;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Excerpt;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Int;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.None;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Opaque;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Sequence;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.StorageValue;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Text;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The container before PyTorch 1.6: pickles of a magic number, the protocol, the machine, the
 * object and the storages' keys; then each storage, its element count before its bytes, which are
 * little-endian whatever machine saved them. Source: torch.serialization._legacy_save.
 */
final class LegacyCheckpoint {
  private static final byte[] MAGIC = {
    0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20, 0x6a, (byte) 0xa8, 0x50, 0x19
  };
  private static final int LONG1 = 0x8a;
  private static final long PROTOCOL = 1001;

  private final MemorySegment file;
  private final PickleInput in;
  private final Map<String, Storage> storages = new HashMap<>();
  private final Map<String, MemorySegment> bytes = new HashMap<>();

  private LegacyCheckpoint(MemorySegment file) {
    this.file = file;
    in = new PickleInput(file);
  }

  /** The object that was saved. Errors: FORMAT, UNSUPPORTED. */
  static PickleValue read(MemorySegment file) {
    var checkpoint = new LegacyCheckpoint(file);
    checkpoint.requireMagic();
    PickleValue root = Unpickler.read(checkpoint.in, checkpoint::storage);
    checkpoint.readStorages();
    return root;
  }

  private void requireMagic() {
    boolean isLegacy = Unpickler.read(in, this::noStorage) instanceof Opaque && hasMagic();
    if (!isLegacy) {
      throw new SardonyxException(
          ErrorCode.FORMAT,
          "it is a pickle but not of torch.save: its first value is not torch's magic number");
    }
    PickleValue protocol = Unpickler.read(in, this::noStorage);
    if (!protocol.equals(new Int(PROTOCOL))) {
      throw new SardonyxException(
          ErrorCode.FORMAT, "its protocol must be " + PROTOCOL + ", found " + protocol.describe());
    }
    Unpickler.read(in, this::noStorage);
  }

  /** The number stands before the end of the first pickle, as an integer of ten bytes. */
  private boolean hasMagic() {
    long start = in.position() - 1 - MAGIC.length;
    return start >= 2
        && file.get(ValueLayout.JAVA_BYTE, start - 2) == (byte) LONG1
        && file.asSlice(start, MAGIC.length).mismatch(MemorySegment.ofArray(MAGIC)) < 0;
  }

  private PickleValue noStorage(Sequence id) {
    throw PersistentId.fault(id.describe() + " stands before the object");
  }

  private PickleValue storage(Sequence id) {
    PersistentId mention = PersistentId.of(id);
    Storage root =
        storages
            .computeIfAbsent(
                mention.key(),
                key ->
                    new Storage(
                        key,
                        mention.type(),
                        mention.elements(),
                        () -> Objects.requireNonNull(bytes.get(key))))
            .requireSame(mention.type(), mention.elements());
    boolean whole = mention.view().isEmpty() || mention.view().getFirst() instanceof None;
    return new StorageValue(whole ? root : view(root, mention.view().getFirst()));
  }

  /** A storage that was a part of another: key, first element, number of elements. */
  private static Storage view(Storage root, PickleValue view) {
    if (!(view instanceof Sequence parts)
        || parts.items().size() != 3
        || !(parts.items().get(1) instanceof Int(long offset))
        || !(parts.items().get(2) instanceof Int(long elements))) {
      throw PersistentId.fault("a view needs a key, an offset and a size");
    }
    if (offset < 0 || elements < 0 || elements > root.elements() - offset) {
      throw PersistentId.fault(
          "elements %d to %d are asked of a storage of %d"
              .formatted(offset, offset + elements, root.elements()));
    }
    long width = root.type().dtype().bytes(1);
    return new Storage(
        root.key(),
        root.type(),
        elements,
        () -> root.bytes().asSlice(offset * width, elements * width));
  }

  private void readStorages() {
    PickleValue keys = Unpickler.read(in, this::noStorage);
    if (!(keys instanceof Sequence list)) {
      throw PersistentId.fault("expected the list of storages, found " + keys.describe());
    }
    for (PickleValue item : list.items()) {
      if (!(item instanceof Text(String key)) || !storages.containsKey(key)) {
        throw PersistentId.fault("the object does not mention the storage " + item.describe());
      }
      if (bytes.put(key, next(storages.get(key))) != null) {
        throw PersistentId.fault("storage '" + Excerpt.of(key) + "' comes twice");
      }
    }
    List<String> lacking =
        storages.keySet().stream().filter(key -> !bytes.containsKey(key)).toList();
    if (!lacking.isEmpty()) {
      throw PersistentId.fault("it lacks the storage '" + Excerpt.of(lacking.getFirst()) + "'");
    }
    if (in.rest().byteSize() > 0) {
      throw PersistentId.fault(in.rest().byteSize() + " bytes follow the last storage");
    }
  }

  private MemorySegment next(Storage storage) {
    long elements = in.longWord();
    if (elements != storage.elements()) {
      throw PersistentId.fault(
          "storage '%s' has %d elements, the object says %d"
              .formatted(Excerpt.of(storage.key()), elements, storage.elements()));
    }
    MemorySegment rest = in.rest();
    in.skip(storage.byteSize());
    return rest.asSlice(0, storage.byteSize());
  }
}
