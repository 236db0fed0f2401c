package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Iterator;
import java.util.List;
import java.util.SequencedMap;

/**
 * Modules one after the other, each fed with what the one before gives. Without names they are
 * named by their positions, from 0 on. Source: torch.nn.Sequential.
 */
public final class Sequential implements UnaryModule, Iterable<UnaryModule> {
  private final NamedModules modules = new NamedModules("Sequential");

  /** Modules named "0", "1" and so on. */
  public Sequential(UnaryModule... modules) {
    List.of(modules).forEach(this.modules::add);
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
  public Sequential add(UnaryModule module) {
    modules.add(module);
    return this;
  }

  /** The module at a position, which may count from the end. Errors: NOT_FOUND. */
  public UnaryModule get(int index) {
    return modules.get(index);
  }

  /** The module of a name. Errors: NOT_FOUND, naming those there are. */
  public UnaryModule get(String name) {
    return modules.get(name);
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
    return modules.structure();
  }
}
