package dev.sardonyx.runtime.checkpoint.pytorch;

import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.DenseTensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which storages a state dict is written as: one for all tensors that have memory in common and are
 * of one type, one for each other tensor.
 */
final class StorageLayout {

  /** A storage: its bytes are the pieces, one after the other. */
  record Written(String key, List<MemorySegment> pieces) {
    long byteSize() {
      return pieces.stream().mapToLong(MemorySegment::byteSize).sum();
    }
  }

  /** A tensor's place, in bytes. */
  record Place(Written storage, long offset) {}

  private final List<Written> storages = new ArrayList<>();
  private final Map<String, Place> places = new HashMap<>();

  private StorageLayout() {}

  static StorageLayout of(StateDict state) {
    var layout = new StorageLayout();
    Map<String, List<String>> groups = new HashMap<>();
    for (List<String> group : state.shared()) {
      if (isOneStorage(state, group)) {
        group.forEach(name -> groups.put(name, group));
      }
    }
    for (String name : state.entries().keySet()) {
      if (!layout.places.containsKey(name)) {
        layout.place(state, groups.getOrDefault(name, List.of(name)));
      }
    }
    return layout;
  }

  private static boolean isOneStorage(StateDict state, List<String> group) {
    DenseTensor first = state.get(group.getFirst()).dense();
    long width = first.dtype().bytes(1);
    return group.stream()
        .map(name -> state.get(name).dense())
        .allMatch(
            tensor ->
                tensor.dtype() == first.dtype()
                    && (tensor.segment().address() - first.segment().address()) % width == 0);
  }

  /** Tensors in the order of their addresses, each beginning within those before it. */
  private void place(StateDict state, List<String> group) {
    long start = state.get(group.getFirst()).dense().segment().address();
    long end = start;
    List<MemorySegment> pieces = new ArrayList<>();
    var storage = new Written(Integer.toString(storages.size()), pieces);
    for (String name : group) {
      MemorySegment data = state.get(name).dense().segment();
      long fresh = Math.max(0, data.address() + data.byteSize() - end);
      pieces.add(data.asSlice(data.byteSize() - fresh, fresh));
      end += fresh;
      places.put(name, new Place(storage, data.address() - start));
    }
    storages.add(storage);
  }

  List<Written> storages() {
    return storages;
  }

  Place place(String name) {
    return Objects.requireNonNull(places.get(name));
  }
}
