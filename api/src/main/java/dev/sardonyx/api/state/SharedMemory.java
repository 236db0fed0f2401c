package dev.sardonyx.api.state;

import dev.sardonyx.api.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Which tensors lie on the same bytes. */
final class SharedMemory {
  private record Named(String name, MemorySegment data) {}

  private SharedMemory() {}

  /** Groups of two names or more, in the order of addresses; within a group too. */
  static List<List<String>> groups(Map<String, Tensor> entries) {
    List<Named> sorted = new ArrayList<>();
    entries.forEach(
        (name, tensor) -> {
          MemorySegment data = tensor.dense().segment();
          if (data.isNative() && data.byteSize() > 0) {
            sorted.add(new Named(name, data));
          }
        });
    sorted.sort(Comparator.comparingLong(named -> named.data().address()));
    List<List<String>> result = new ArrayList<>();
    List<String> group = new ArrayList<>();
    long end = 0;
    for (Named named : sorted) {
      if (named.data().address() >= end) {
        addIfShared(result, group);
        group = new ArrayList<>();
      }
      group.add(named.name());
      end = Math.max(end, named.data().address() + named.data().byteSize());
    }
    addIfShared(result, group);
    return List.copyOf(result);
  }

  private static void addIfShared(List<List<String>> result, List<String> group) {
    if (group.size() > 1) {
      result.add(List.copyOf(group));
    }
  }
}
