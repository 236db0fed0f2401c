package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Arrays, lists, maps, iterators and queues of sizes; the enhanced for over each of them. */
@Model
final class CollectionsOfSizes implements UnaryModule {
  @Layer final Sequential net = new Sequential();

  CollectionsOfSizes() {
    Map<String, int[]> stages = new LinkedHashMap<>();
    stages.put("a", new int[] {4, 6});
    stages.put("b", new int[] {6, 8});
    stages.putIfAbsent("b", new int[] {1, 1});
    for (Map.Entry<String, int[]> stage : stages.entrySet()) {
      int[] sizes = stage.getValue();
      net.add(stage.getKey(), new Linear(sizes[0], sizes[1]));
    }
    int[][] grid = new int[2][3];
    for (int[] row : grid) {
      Arrays.fill(row, 8);
    }
    for (int[] row : grid) {
      for (int ignored : row) {
        net.append(new Linear(ignored, row[row.length - 1]));
      }
    }
    Deque<Integer> queue = new ArrayDeque<>(List.of(8, 5, 2));
    int from = queue.removeFirst();
    while (!queue.isEmpty()) {
      int to = queue.removeFirst();
      net.append(new Linear(from, to));
      from = to;
    }
    Iterator<Integer> last = Set.of(2).iterator();
    net.append(new Linear(last.next(), from));
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "4"}) Tensor x) {
    for (UnaryModule layer : net) {
      x = layer.forward(x);
    }
    return x;
  }
}
