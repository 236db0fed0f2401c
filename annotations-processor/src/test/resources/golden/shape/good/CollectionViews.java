package golden;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Views, copies, iterators and collectors of the JDK's. */
@Model
final class CollectionViews implements UnaryModule {
  @Layer final Sequential net = new Sequential();

  CollectionViews() {
    int[] widths = {3, 6, 9};
    int[] copy = widths.clone();
    copy[0] = 99;
    System.arraycopy(widths, 0, copy, 1, 2); // 99, 3, 6
    List<Integer> boxed = new ArrayList<>(Arrays.stream(copy).boxed().toList());
    boxed.subList(0, 1).clear(); // 3, 6
    Integer[] array = boxed.toArray(new Integer[0]);
    Arrays.asList(array).set(1, 4);
    net.append(new Linear(boxed.getFirst(), array[1])); // 3, 4
    Map<Boolean, List<Integer>> halves =
        Stream.of(1, 2, 3, 4, 5).collect(Collectors.partitioningBy(n -> n > 2));
    int total = halves.get(true).stream().mapToInt(Integer::intValue).sum(); // 12
    net.append(new Linear(halves.get(false).size() * 2, total));
    Map<String, Integer> counts = new HashMap<>();
    for (String letter : "abba".split("")) {
      counts.merge(letter, 6, Integer::sum);
    }
    net.append(new Linear(counts.get("a"), counts.computeIfAbsent("c", String::length)));
    List<Integer> reversed = List.of(5, 1).reversed();
    Iterator<Integer> iterator = reversed.iterator();
    while (iterator.hasNext()) {
      net.append(new Linear(iterator.next(), iterator.hasNext() ? iterator.next() : 7));
    }
  }

  @Forward
  @Override
  public Tensor forward(@Input({"batch", "3"}) Tensor x) {
    return net.forward(x);
  }
}
