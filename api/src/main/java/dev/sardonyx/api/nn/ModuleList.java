package dev.sardonyx.api.nn;

import java.util.Iterator;
import java.util.List;

/**
 * Modules in a list, named by their positions; what calls them is the module that holds the list.
 * Source: torch.nn.ModuleList.
 */
public final class ModuleList implements NnModule, Iterable<UnaryModule> {
  private final NamedModules modules = new NamedModules("ModuleList");

  /** A list of these. */
  public ModuleList(UnaryModule... modules) {
    this(List.of(modules));
  }

  /** A list of these. */
  public ModuleList(List<? extends UnaryModule> modules) {
    modules.forEach(this.modules::add);
  }

  /** Adds a module at the end and returns this. */
  public ModuleList add(UnaryModule module) {
    modules.add(module);
    return this;
  }

  /** The module at a position, which may count from the end. Errors: NOT_FOUND. */
  public UnaryModule get(int index) {
    return modules.get(index);
  }

  /** How many modules there are. */
  public int size() {
    return modules.size();
  }

  @Override
  public Iterator<UnaryModule> iterator() {
    return modules.list().iterator();
  }

  @Override
  public Structure structure() {
    return modules.structure();
  }
}
