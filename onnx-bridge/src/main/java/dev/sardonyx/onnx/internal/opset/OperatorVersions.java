package dev.sardonyx.onnx.internal.opset;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The operator sets in which each operator of ai.onnx changed. Within one version a node means the
 * same, so that an operator that we do not know may be written to any opset of its version. Source:
 * the version histories on ONNX's operator pages.
 */
public final class OperatorVersions {
  private static final Map<String, NavigableSet<Integer>> VERSIONS = load();

  private OperatorVersions() {}

  /** The opset in which an operator got the form that it has at an opset; the opset if unknown. */
  public static int since(String operator, int opset) {
    Integer since = versions(operator).floor(opset);
    return since == null ? opset : since;
  }

  /** Whether an operator had come by an opset. */
  public static boolean has(String operator, int opset) {
    return versions(operator).floor(opset) != null;
  }

  /** The opsets that share the form that an operator has at an opset. */
  public static OpsetRange sameForm(String operator, int opset) {
    NavigableSet<Integer> versions = versions(operator);
    if (versions.floor(opset) == null) {
      return new OpsetRange(opset, opset);
    }
    Integer next = versions.higher(opset);
    int last = next == null ? OpsetRange.HIGHEST : Math.min(OpsetRange.HIGHEST, next - 1);
    return new OpsetRange(since(operator, opset), last);
  }

  private static NavigableSet<Integer> versions(String operator) {
    return VERSIONS.getOrDefault(operator, Collections.emptyNavigableSet());
  }

  private static Map<String, NavigableSet<Integer>> load() {
    Map<String, NavigableSet<Integer>> result = new HashMap<>();
    for (List<String> row : Table.read("operator-versions.tsv")) {
      result.put(
          row.getFirst(),
          Arrays.stream(row.get(1).split(","))
              .map(Integer::valueOf)
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    return Map.copyOf(result);
  }
}
