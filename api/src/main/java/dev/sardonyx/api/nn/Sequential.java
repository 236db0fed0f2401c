package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Modules one after the other, each fed with what the one before gives. Without names they are
 * named by their positions, from 0 on. Source: torch.nn.Sequential.
 */
public final class Sequential implements UnaryModule, Iterable<UnaryModule> {
  private final NamedMembers<UnaryModule> modules = new NamedMembers<>("Sequential", "module");

  /** No modules yet; without any, the output is the input. */
  public Sequential() {}

  /** Modules named "0", "1" and so on. */
  public Sequential(UnaryModule... modules) {
    List.of(modules).forEach(this.modules::append);
  }

  /** Modules under names: {@code entry("conv", new Conv2d(1, 8, 3))}. Errors: as for add. */
  @SafeVarargs
  public Sequential(Map.Entry<String, ? extends UnaryModule>... modules) {
    for (Map.Entry<String, ? extends UnaryModule> entry : modules) {
      this.modules.add(entry.getKey(), entry.getValue());
    }
  }

  /**
   * Modules under names, in the map's order; that is why it must be a map that has one, such as
   * LinkedHashMap. Errors: MODEL for an empty or dotted name.
   */
  public static Sequential of(SequencedMap<String, ? extends UnaryModule> modules) {
    var result = new Sequential();
    modules.forEach(result::add);
    return result;
  }

  /**
   * Adds a module at the end and returns this. Source: torch.nn.Module.add_module. Errors: MODEL
   * for a name that is taken, empty or dotted.
   */
  public Sequential add(String name, UnaryModule module) {
    modules.add(name, module);
    return this;
  }

  /** Adds a module at the end, named by its position, and returns this. Errors: as above. */
  public Sequential append(UnaryModule module) {
    modules.append(module);
    return this;
  }

  /** Appends each of the modules and returns this. Errors: as above. */
  public Sequential extend(Iterable<? extends UnaryModule> more) {
    List<UnaryModule> given = new ArrayList<>();
    more.forEach(given::add); // first, because it may be this one
    given.forEach(modules::append);
    return this;
  }

  /**
   * Inserts before a position, which may be the size; those after it are numbered anew. Errors:
   * NOT_FOUND outside, MODEL where modules have names other than their positions.
   */
  public Sequential insert(int index, UnaryModule module) {
    modules.insert(index, module);
    return this;
  }

  /** Replaces the module at a position and returns this. Errors: NOT_FOUND. */
  public Sequential set(int index, UnaryModule module) {
    modules.set(index, module);
    return this;
  }

  /** Takes a module out and returns it; those after it are numbered anew. Errors: NOT_FOUND. */
  public UnaryModule remove(int index) {
    return modules.remove(index);
  }

  /** The module at a position, which may count from the end. Errors: NOT_FOUND. */
  public UnaryModule get(int index) {
    return modules.get(index);
  }

  /** The module of a name. Errors: NOT_FOUND, naming those there are. */
  public UnaryModule get(String name) {
    return modules.get(name);
  }

  /**
   * The same modules from a position up to another, as Python's {@code [from:to]}: under their
   * names, positions clipped, negative ones from the end.
   */
  public Sequential slice(int from, int to) {
    var result = new Sequential();
    modules.slice(from, to).forEach(entry -> result.add(entry.getKey(), entry.getValue()));
    return result;
  }

  /** How many modules there are. */
  public int size() {
    return modules.size();
  }

  @Override
  public Iterator<UnaryModule> iterator() {
    return modules.list().iterator();
  }

  /** The last module's output; x where there are none. */
  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(this, x, this::chained);
  }

  private Tensor chained(Tensor x) {
    Tensor y = x;
    for (UnaryModule module : modules.list()) {
      // A user's module does not say by itself that it is entered.
      y = Operations.inModule(module, y, module::forward);
    }
    return y;
  }

  @Override
  public Structure structure() {
    return Structure.of("Sequential").addModules(modules.entries());
  }
}
