package dev.sardonyx.onnx.internal.opset;

import dev.sardonyx.api.graph.Node;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.type.MapType;
import dev.sardonyx.api.type.OptionalType;
import dev.sardonyx.api.type.SequenceType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.UnknownType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The opset that first allows a type in a place of an operator of ai.onnx, and that first has the
 * place. Source: the type constraints of ONNX's changelog.
 */
public final class OperatorTypes {
  private static final String ABSENT = "absent";

  /** Beyond every opset. */
  private static final int NEVER = OpsetRange.HIGHEST + 1;

  private static final Map<String, List<Place>> PLACES = load();

  /** Inputs or outputs of an operator, and the opset that each type came with. */
  private record Place(boolean input, int index, boolean rest, Map<String, Integer> since) {
    boolean holds(int at) {
      return rest ? at >= index : at == index;
    }

    static Place read(String text, Map<String, Integer> since) {
      boolean rest = text.endsWith("+");
      int index = Integer.parseInt(text.substring(1, text.length() - (rest ? 1 : 0)));
      return new Place(text.startsWith("i"), index, rest, since);
    }
  }

  private OperatorTypes() {}

  /** The first opset that allows the types of a node's inputs and outputs; 28 when none does. */
  public static int since(Node node) {
    List<Place> places = PLACES.getOrDefault(node.op().name(), List.of());
    if (!node.op().domain().isEmpty()) {
      return OpsetRange.LOWEST;
    }
    int inputs = since(places, true, node.ownInputs());
    return Math.max(inputs, since(places, false, node.outputs()));
  }

  private static int since(List<Place> places, boolean input, List<Value> values) {
    int since = OpsetRange.LOWEST;
    for (Place place : places) {
      if (place.input() == input) {
        int last = place.rest() ? values.size() : place.index() + 1;
        for (int i = place.index(); i < last; i++) {
          since = Math.max(since, since(place, i < values.size() ? values.get(i) : Value.absent()));
        }
      }
    }
    return since;
  }

  private static int since(Place place, Value value) {
    if (!value.isPresent()) {
      return place.since().getOrDefault(ABSENT, OpsetRange.LOWEST);
    }
    return kind(value.type())
        .map(kind -> place.since().getOrDefault(kind, NEVER))
        .orElse(OpsetRange.LOWEST);
  }

  private static Optional<String> kind(ValueType type) {
    return switch (type) {
      case TensorType tensor -> Optional.of(tensor.dtype().name().toLowerCase(Locale.ROOT));
      case SequenceType _ -> Optional.of("sequence");
      case OptionalType _ -> Optional.of("optional");
      case MapType _ -> Optional.of("map");
      case UnknownType _ -> Optional.empty();
    };
  }

  private static Map<String, List<Place>> load() {
    Map<String, List<String>> groups = new HashMap<>();
    Map<String, List<Place>> result = new HashMap<>();
    for (List<String> row : Table.read("operator-types.tsv")) {
      if (row.getFirst().startsWith("@")) {
        groups.put(row.getFirst(), List.of(row.get(1).split(",")));
        continue;
      }
      Map<String, Integer> since = new HashMap<>();
      for (String group : row.get(2).split(" ")) {
        int colon = group.indexOf(':');
        int opset = Integer.parseInt(group.substring(0, colon));
        for (String type : group.substring(colon + 1).split(",")) {
          groups.getOrDefault(type, List.of(type)).forEach(each -> since.put(each, opset));
        }
      }
      List<Place> places = result.computeIfAbsent(row.getFirst(), _ -> new ArrayList<>());
      for (String place : row.get(1).split(",")) {
        places.add(Place.read(place, Map.copyOf(since)));
      }
    }
    return Map.copyOf(result);
  }
}
