package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Modules by name, in the order in which they were added; what calls them is the module that holds
 * the dict. Walking over it gives the names. Source: torch.nn.ModuleDict.
 *
 * @param <M> the type of the modules: what {@link #get} gives, with its own methods
 */
public final class ModuleDict<M extends NnModule> implements NnModule, Iterable<String> {
  private final NamedMembers<M> modules = new NamedMembers<>("ModuleDict", "module");

  /** An empty dict, to be filled with {@link #add}. */
  public ModuleDict() {}

  /** Modules under names: {@code entry("conv", new Conv2d(1, 8, 3))}. Errors: as for add. */
  @SafeVarargs
  public ModuleDict(Map.Entry<String, ? extends M>... modules) {
    for (Map.Entry<String, ? extends M> entry : modules) {
      this.modules.add(entry.getKey(), entry.getValue());
    }
  }

  /**
   * Modules in the map's order; that is why it must be a map that has one, such as LinkedHashMap.
   * Errors: MODEL for an empty or dotted name.
   */
  public ModuleDict(SequencedMap<String, ? extends M> modules) {
    modules.forEach(this.modules::add);
  }

  /** Adds a module and returns this. Errors: MODEL for a name that is taken, empty or dotted. */
  public ModuleDict<M> add(String name, M module) {
    modules.add(name, module);
    return this;
  }

  /** Replaces the module of a name in its place, or adds it. Errors: MODEL, empty or dotted. */
  public ModuleDict<M> put(String name, M module) {
    modules.put(name, module);
    return this;
  }

  /** Puts each entry, in the map's order. Errors: as above. */
  public ModuleDict<M> update(SequencedMap<String, ? extends M> more) {
    more.forEach(modules::put);
    return this;
  }

  /** Takes a module out and returns it. Errors: NOT_FOUND. */
  public M remove(String name) {
    return modules.remove(name);
  }

  /** Takes all modules out. */
  public void clear() {
    modules.clear();
  }

  /**
   * The module of a name. A trace takes the one that is asked for while it runs and says so in the
   * graph's signature. Errors: NOT_FOUND, naming those there are.
   */
  public M get(String name) {
    M found = modules.get(name);
    Operations.choose(this, name, modules.names());
    return found;
  }

  /** Whether there is a module of that name. */
  public boolean containsKey(String name) {
    return modules.contains(name);
  }

  /** The names, in order. */
  public List<String> keys() {
    return modules.names();
  }

  /** The modules, in order. */
  public List<M> values() {
    return modules.list();
  }

  /** Names and modules, in order. */
  public List<Map.Entry<String, M>> entries() {
    return modules.entries();
  }

  /** How many modules there are. */
  public int size() {
    return modules.size();
  }

  @Override
  public Iterator<String> iterator() {
    return keys().iterator();
  }

  @Override
  public Structure structure() {
    return Structure.of("ModuleDict").addModules(modules.entries());
  }
}
