package dev.sardonyx.runtime.checkpoint.pytorch;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Excerpt;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Int;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Sequence;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.StorageClass;
import dev.sardonyx.runtime.checkpoint.pytorch.PickleValue.Text;
import java.util.List;

/**
 * How a pickle mentions a storage: {@code ('storage', class, key, location, elements)}. Where it
 * was, such as cuda:0, does not matter: all is read into memory.
 *
 * @param view what else a legacy file says
 */
record PersistentId(StorageType type, String key, long elements, List<PickleValue> view) {
  private static final int PLAIN = 5;

  /** Errors: FORMAT, UNSUPPORTED for a whole module. */
  static PersistentId of(Sequence id) {
    List<PickleValue> items = id.items();
    if (!items.isEmpty() && items.getFirst().equals(new Text("module"))) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED,
          "it holds a whole module, saved with torch.save(model, ...): save"
              + " torch.save(model.state_dict(), ...) instead");
    }
    if (items.size() < PLAIN || !items.getFirst().equals(new Text("storage"))) {
      throw fault("expected a storage, found " + first(items));
    }
    if (!(items.get(1) instanceof StorageClass(StorageType type))
        || !(items.get(2) instanceof Text(String key))
        || !(items.get(4) instanceof Int(long elements))) {
      throw fault("a storage needs a class, a key and a number of elements");
    }
    if (elements < 0) {
      throw fault("storage '" + Excerpt.of(key) + "' has " + elements + " elements");
    }
    return new PersistentId(type, key, elements, items.subList(PLAIN, items.size()));
  }

  private static String first(List<PickleValue> items) {
    if (items.isEmpty()) {
      return "nothing";
    }
    return items.getFirst() instanceof Text(String tag)
        ? "'" + Excerpt.of(tag) + "'"
        : items.getFirst().describe();
  }

  static SardonyxException fault(String what) {
    return new SardonyxException(ErrorCode.FORMAT, "its storages break: " + what);
  }
}
