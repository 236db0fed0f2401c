package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.runtime.generate.recover.Step.LayerUse;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Puts steps into the calls of the modules that they belong to, and layers under their names. */
final class Placement {
  private final Facts facts;
  private final ModuleCall root = new ModuleCall("", "");
  private final Map<String, Integer> stepsBelow = new HashMap<>();
  private final Map<ModuleCall, Map<String, Integer>> counts = new IdentityHashMap<>();
  private final Map<String, Scope> makers = new HashMap<>();
  private final Map<String, Integer> order = new HashMap<>();

  private Placement(Facts facts) {
    this.facts = facts;
  }

  static ModuleCall of(List<Step> steps, Facts facts) {
    var placement = new Placement(facts);
    for (Step step : steps) {
      List<String> calls = step.scope().calls();
      for (int length = 1; length <= calls.size(); length++) {
        String key = String.join("/", calls.subList(0, length));
        placement.stepsBelow.merge(key, 1, Integer::sum);
      }
    }
    steps.forEach(placement::place);
    return placement.root;
  }

  private void place(Step step) {
    Scope scope = step.scope();
    Optional<LayerUse> layer = step.layer();
    boolean alone =
        scope.isKnown() && !scope.isRoot() && stepsBelow.getOrDefault(scope.key(), 0) == 1;
    String path = layer.map(LayerUse::path).orElse("");
    boolean function = step.code().isPresent() && !alone && path.isEmpty();
    if (layer.isEmpty() || function) {
      put(step, scope.isKnown() ? scope : guess(step), Optional.empty(), "");
      return;
    }
    String type = typeName(layer.get());
    if (!scope.isKnown()) {
      Scope own = path.isEmpty() ? Scope.of(List.of(type)) : Scope.of(Scope.split(path));
      put(step, own.parent(), Optional.of(own.last()), own.last());
    } else if (alone) {
      Scope caller = scope.parent();
      String name = below(path, caller).orElse(scope.last());
      put(step, caller, Optional.of(name), scope.calls().getLast());
    } else {
      put(step, scope, Optional.of(below(path, scope).orElse(type)), type);
    }
  }

  /** Conv2d is conv, LayerNorm is layerNorm, ReLU6 is relu6. */
  private static String typeName(LayerUse layer) {
    return shortName(layer.value().type().simpleName());
  }

  static String shortName(String type) {
    String plain = type.replaceFirst("[123]d$", "");
    boolean shouting =
        plain.contains("LU") || plain.length() > 1 && Character.isUpperCase(plain.charAt(1));
    return shouting
        ? plain.toLowerCase(Locale.ROOT)
        : plain.substring(0, 1).toLowerCase(Locale.ROOT) + plain.substring(1);
  }

  private static Optional<String> below(String path, Scope scope) {
    String above = scope.isRoot() ? "" : scope.path() + ".";
    return path.startsWith(above) && path.length() > above.length()
        ? Optional.of(path.substring(above.length()))
        : Optional.empty();
  }

  /** A step of which the file says nothing belongs to what made the latest of its inputs. */
  private Scope guess(Step step) {
    return step.inputs().stream()
        .filter(makers::containsKey)
        .max(
            (a, b) ->
                Integer.compare(
                    Objects.requireNonNull(order.get(a)), Objects.requireNonNull(order.get(b))))
        .map(makers::get)
        .orElse(Scope.of(List.of()));
  }

  private void put(Step step, Scope scope, Optional<String> layer, String otherName) {
    ModuleCall call = root;
    for (int i = 0; i < scope.calls().size(); i++) {
      call = call.within(scope.calls().get(i), scope.modules().get(i));
    }
    List<String> inputs =
        (layer.isPresent() ? step.inputs().subList(0, 1) : step.inputs())
            .stream().filter(value -> !facts.isConstant(value)).toList();
    Optional<String> name =
        layer.isPresent()
            ? Optional.of(free(call, layer.get(), otherName, step.layer().orElseThrow()))
            : Optional.empty();
    call.items().add(new Placed(step, name, inputs));
    makers.put(step.output(), scope);
    order.put(step.output(), order.size());
  }

  /** The name itself, where it is free or the same layer's, else another. */
  private String free(ModuleCall call, String name, String otherName, LayerUse layer) {
    String found = name;
    if (!isFree(call, found, layer) && !otherName.isEmpty()) {
      found = otherName;
    }
    while (!isFree(call, found, layer)) {
      found =
          name
              + counts
                  .computeIfAbsent(call, key -> new HashMap<>())
                  .merge(name, 2, (count, two) -> count + 1);
    }
    call.layers().putIfAbsent(found, layer);
    return found;
  }

  private static boolean isFree(ModuleCall call, String name, LayerUse layer) {
    LayerUse taken = call.layers().get(name);
    return taken == null || isSame(taken, layer);
  }

  /** Whether both are one layer: made alike, of the very same weights. */
  static boolean isSame(LayerUse a, LayerUse b) {
    return a.value().equals(b.value())
        && a.weights().keySet().equals(b.weights().keySet())
        && a.path().equals(b.path())
        && a.weights().entrySet().stream()
            .allMatch(
                entry ->
                    entry.getValue() == b.weights().get(entry.getKey()) || !a.path().isEmpty());
  }
}
