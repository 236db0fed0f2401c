package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.engine.WeightStorage;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.PanelStoring;
import dev.sardonyx.runtime.kernel.StoredPanels;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The weights of a convolution as right operands of products, one for each group: element (i, j) of
 * a group is its weight at {@code rows[i] + columns[j]}.
 */
record FilterPanels(int groups, long[] rows, long[] columns) {

  StoredBytes bytes(WeightStorage storage, Kernels kernels) {
    return StoredBytes.of(storage, groups, rows.length, columns.length, kernels);
  }

  /** One group. */
  StoredPanels group(StoredPanels all, int group, Kernels kernels) {
    return all.matrix(group, rows.length, columns.length, kernels);
  }

  /** Packs all groups. */
  void pack(Kernels kernels, MemorySegment weights, StoredPanels to) {
    for (int group = 0; group < groups; group++) {
      StoredPanels one = group(to, group, kernels);
      long from = (long) group * rows.length * columns.length;
      if (to.storage() == WeightStorage.FLOAT32) {
        kernels.packFilter(weights, from, rows, columns, one.values(), 0);
      } else {
        PanelStoring.pack(kernels, rows.length, columns.length, part(kernels, weights, from), one);
      }
    }
  }

  private PanelStoring.Source part(Kernels kernels, MemorySegment weights, long from) {
    return (fromRow, count, fromColumn, width, to) -> {
      long[] some = Arrays.copyOfRange(rows, fromRow, fromRow + count);
      long[] those = Arrays.copyOfRange(columns, fromColumn, fromColumn + width);
      kernels.packFilter(weights, from, some, those, to, 0);
    };
  }
}
