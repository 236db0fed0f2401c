package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The modules of a container by name, in the order in which they were added. */
final class NamedModules {
  private final String owner;
  private final Map<String, UnaryModule> modules = new LinkedHashMap<>();

  NamedModules(String owner) {
    this.owner = owner;
  }

  /** Adds a module under the next number. */
  void add(UnaryModule module) {
    add(Integer.toString(modules.size()), module);
  }

  /** Errors: MODEL for a name that is taken, empty or dotted. */
  void add(String name, UnaryModule module) {
    if (name.isEmpty() || name.contains(".")) {
      throw new SardonyxException(
          ErrorCode.MODEL, "a module of " + owner + " may not be named '" + name + "'");
    }
    if (modules.putIfAbsent(name, module) != null) {
      throw new SardonyxException(
          ErrorCode.MODEL, owner + " has a module named '" + name + "' already");
    }
  }

  /** Errors: NOT_FOUND, naming the keys. */
  UnaryModule get(String name) {
    UnaryModule module = modules.get(name);
    if (module == null) {
      throw new SardonyxException(
          ErrorCode.NOT_FOUND, owner + " has no module '" + name + "'; it has " + modules.keySet());
    }
    return module;
  }

  /** A module by position; negative ones count from the end. Errors: NOT_FOUND outside. */
  UnaryModule get(int index) {
    int fromFront = index < 0 ? index + modules.size() : index;
    if (fromFront < 0 || fromFront >= modules.size()) {
      throw new SardonyxException(
          ErrorCode.NOT_FOUND, owner + " has no module at " + index + "; it has " + modules.size());
    }
    return list().get(fromFront);
  }

  int size() {
    return modules.size();
  }

  List<UnaryModule> list() {
    return List.copyOf(modules.values());
  }

  List<Map.Entry<String, UnaryModule>> entries() {
    List<Map.Entry<String, UnaryModule>> result = new ArrayList<>();
    modules.forEach((name, module) -> result.add(Map.entry(name, module)));
    return List.copyOf(result);
  }

  Structure structure() {
    Structure structure = Structure.of(owner);
    modules.forEach(structure::add);
    return structure;
  }
}
