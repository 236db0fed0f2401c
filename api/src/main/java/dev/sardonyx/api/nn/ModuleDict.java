package dev.sardonyx.api.nn;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Modules by name, in the order in which they were added; what calls them is the module that holds
 * the dict. Source: torch.nn.ModuleDict.
 */
public final class ModuleDict implements NnModule {
  private final NamedModules modules = new NamedModules("ModuleDict");

  /** An empty dict, to be filled with {@link #add}. */
  public ModuleDict() {}

  /**
   * Modules in the map's order; that is why it must be a map that has one, such as LinkedHashMap.
   * Errors: MODEL for an empty or dotted name.
   */
  public ModuleDict(SequencedMap<String, ? extends UnaryModule> modules) {
    modules.forEach(this.modules::add);
  }

  /** Adds a module and returns this. Errors: MODEL for a name that is taken, empty or dotted. */
  public ModuleDict add(String name, UnaryModule module) {
    modules.add(name, module);
    return this;
  }

  /** The module of a name. Errors: NOT_FOUND, naming those there are. */
  public UnaryModule get(String name) {
    return modules.get(name);
  }

  /** Names and modules, in order. */
  public List<Map.Entry<String, UnaryModule>> entries() {
    return modules.entries();
  }

  /** How many modules there are. */
  public int size() {
    return modules.size();
  }

  @Override
  public Structure structure() {
    return modules.structure();
  }
}
