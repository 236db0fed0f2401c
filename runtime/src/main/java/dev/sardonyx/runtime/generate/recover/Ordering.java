package dev.sardonyx.runtime.generate.recover;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/** Orders what calls do so that each comes after what it needs. */
final class Ordering {
  private Ordering() {}

  /**
   * Orders a call and those within. A call that would have to stop halfway and wait for what its
   * caller does cannot be a method: what it does becomes its caller's.
   */
  static void order(ModuleCall root, Map<String, Integer> uses) {
    boolean again = true;
    while (again) {
      root.connect(uses);
      again = dissolve(root);
    }
  }

  private static boolean dissolve(ModuleCall call) {
    Optional<List<Item>> ordered = sorted(call.items());
    if (ordered.isEmpty()) {
      List<Item> flat = new ArrayList<>();
      for (Item item : call.items()) {
        if (item instanceof ModuleCall inner) {
          inner.items().forEach(part -> flat.add(taken(call, inner, part)));
        } else {
          flat.add(item);
        }
      }
      call.items(flat);
      return true;
    }
    call.items(ordered.get());
    boolean changed = false;
    for (Item item : List.copyOf(call.items())) {
      changed |= item instanceof ModuleCall inner && dissolve(inner);
    }
    return changed;
  }

  private static Item taken(ModuleCall call, ModuleCall inner, Item part) {
    String prefix = inner.name().replace('.', '_') + "_";
    return switch (part) {
      case ModuleCall deeper -> {
        deeper.rename(prefix + deeper.name().replace('.', '_'));
        yield deeper;
      }
      case Placed placed when placed.layer().isPresent() -> {
        String name = prefix + placed.layer().get().replace('.', '_');
        call.layers().put(name, placed.step().layer().orElseThrow());
        yield placed.named(name);
      }
      case Placed placed -> placed;
    };
  }

  /** In the graph's order as far as needs allow; nothing where they go in a circle. */
  private static Optional<List<Item>> sorted(List<Item> items) {
    Map<String, Integer> makers = new HashMap<>();
    for (int i = 0; i < items.size(); i++) {
      for (String output : items.get(i).outputs()) {
        makers.put(output, i);
      }
    }
    List<Set<Integer>> users = new ArrayList<>();
    int[] waiting = new int[items.size()];
    items.forEach(item -> users.add(new HashSet<>()));
    for (int i = 0; i < items.size(); i++) {
      for (String input : items.get(i).inputs()) {
        Integer maker = makers.get(input);
        if (maker != null && maker != i && users.get(maker).add(i)) {
          waiting[i]++;
        }
      }
    }
    var ready = new PriorityQueue<Integer>();
    for (int i = 0; i < waiting.length; i++) {
      if (waiting[i] == 0) {
        ready.add(i);
      }
    }
    List<Item> result = new ArrayList<>();
    while (!ready.isEmpty()) {
      int next = ready.remove();
      result.add(items.get(next));
      for (int user : users.get(next)) {
        if (--waiting[user] == 0) {
          ready.add(user);
        }
      }
    }
    return result.size() == items.size() ? Optional.of(result) : Optional.empty();
  }
}
