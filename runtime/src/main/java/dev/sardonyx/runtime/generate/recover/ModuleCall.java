package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.runtime.generate.recover.Step.LayerUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A call of a module of the user's: what it does, in order. */
final class ModuleCall implements Item {
  private final String call;
  private String name;
  private List<Item> items = new ArrayList<>();
  private final Map<String, ModuleCall> calls = new HashMap<>();
  private final Map<String, LayerUse> layers = new LinkedHashMap<>();
  private Set<String> produced = Set.of();
  private List<String> inputs = List.of();
  private List<String> outputs = List.of();

  ModuleCall(String call, String name) {
    this.call = call;
    this.name = name;
  }

  /** Its name in the module that calls it; a dot stands for a container. */
  String name() {
    return name;
  }

  /** What tells this call from others of the same module. */
  String call() {
    return call;
  }

  void rename(String changed) {
    name = changed;
  }

  List<Item> items() {
    return items;
  }

  void items(List<Item> changed) {
    items = changed;
  }

  Map<String, LayerUse> layers() {
    return layers;
  }

  @Override
  public List<String> inputs() {
    return inputs;
  }

  @Override
  public List<String> outputs() {
    return outputs;
  }

  Set<String> produced() {
    return produced;
  }

  /** The call within this one, made where it is not there yet. */
  ModuleCall within(String callName, String moduleName) {
    return calls.computeIfAbsent(
        callName,
        key -> {
          var made = new ModuleCall(key, moduleName);
          items.add(made);
          return made;
        });
  }

  /**
   * Finds what goes in and out.
   *
   * @param uses how often each value is used in the whole graph
   * @return how often each value is used in here
   */
  Map<String, Integer> connect(Map<String, Integer> uses) {
    Map<String, Integer> within = new HashMap<>();
    Set<String> taken = new LinkedHashSet<>();
    Set<String> made = new LinkedHashSet<>();
    for (Item item : items) {
      switch (item) {
        case ModuleCall inner -> {
          inner.connect(uses).forEach((value, count) -> within.merge(value, count, Integer::sum));
          made.addAll(inner.produced);
        }
        case Placed placed -> {
          placed.inputs().forEach(value -> within.merge(value, 1, Integer::sum));
          made.addAll(placed.outputs());
        }
      }
      taken.addAll(item.inputs());
    }
    taken.removeAll(made);
    produced = made;
    inputs = List.copyOf(taken);
    outputs =
        made.stream()
            .filter(value -> uses.getOrDefault(value, 0) > within.getOrDefault(value, 0))
            .toList();
    return within;
  }
}
