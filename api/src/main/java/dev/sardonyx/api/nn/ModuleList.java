package dev.sardonyx.api.nn;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Modules in a list, named by their positions; what calls them is the module that holds the list.
 * Source: torch.nn.ModuleList.
 *
 * @param <M> the type of the modules: what {@link #get} gives, with its own methods
 */
public final class ModuleList<M extends NnModule> implements NnModule, Iterable<M> {
  private final NamedMembers<M> modules = new NamedMembers<>("ModuleList", "module");

  /** A list of these. */
  @SafeVarargs
  public ModuleList(M... modules) {
    for (M module : modules) {
      this.modules.append(module);
    }
  }

  /** A list of these. */
  public ModuleList(List<? extends M> modules) {
    modules.forEach(this.modules::append);
  }

  /** Adds a module at the end and returns this. */
  public ModuleList<M> append(M module) {
    modules.append(module);
    return this;
  }

  /** Appends each of the modules and returns this. */
  public ModuleList<M> extend(Iterable<? extends M> more) {
    List<M> given = new ArrayList<>();
    more.forEach(given::add); // first, because it may be this one
    given.forEach(modules::append);
    return this;
  }

  /** Inserts before a position, which may be the size. Errors: NOT_FOUND outside. */
  public ModuleList<M> insert(int index, M module) {
    modules.insert(index, module);
    return this;
  }

  /** Replaces the module at a position and returns this. Errors: NOT_FOUND. */
  public ModuleList<M> set(int index, M module) {
    modules.set(index, module);
    return this;
  }

  /** Takes a module out and returns it; those after it move up. Errors: NOT_FOUND. */
  public M remove(int index) {
    return modules.remove(index);
  }

  /** The module at a position, which may count from the end. Errors: NOT_FOUND. */
  public M get(int index) {
    return modules.get(index);
  }

  /**
   * The same modules from a position up to another, as Python's {@code [from:to]}: numbered from 0
   * on, positions clipped, negative ones from the end.
   */
  public ModuleList<M> slice(int from, int to) {
    return new ModuleList<>(modules.slice(from, to).stream().map(Map.Entry::getValue).toList());
  }

  /** How many modules there are. */
  public int size() {
    return modules.size();
  }

  @Override
  public Iterator<M> iterator() {
    return modules.list().iterator();
  }

  @Override
  public Structure structure() {
    return Structure.of("ModuleList").addModules(modules.entries());
  }
}
