package dev.sardonyx.processor.check;

import dev.sardonyx.processor.model.LocalClass;
import dev.sardonyx.processor.model.ModuleClass;
import dev.sardonyx.processor.model.StrayInput;
import java.util.List;

/** All rules. Where a class cannot be a module at all, its members are not looked at. */
public final class Checks {
  private final Problems problems;
  private final RegistryCheck registry;

  /** The rules of one round. */
  public Checks(Problems problems, RegistryCheck registry) {
    this.problems = problems;
    this.registry = registry;
  }

  /** Checks a class of which a descriptor is wanted. */
  public void check(ModuleClass type) {
    if (!new ClassCheck(problems).check(type)) {
      return;
    }
    new ModelCheck(problems).check(type);
    new LayerCheck(problems).check(type);
    new ForwardCheck(problems).check(type);
    new InputCheck(problems).check(type);
    new NameClashCheck(problems).check(type);
    registry.check(type, problems);
  }

  /** Checks a class that has only a superclass with annotations. */
  public void checkHeir(ModuleClass type) {
    new LayerCheck(problems).checkUnannotated(type);
  }

  /** Reports annotated classes inside of methods. */
  public void check(LocalClass type) {
    new ClassCheck(problems).check(type);
  }

  /** Whether a class is a model without a Forward method. */
  public static boolean isForwardMissing(ModuleClass type) {
    return type.model().isPresent() && type.forwards().isEmpty();
  }

  /**
   * Reports Input annotations outside of Forward methods; not in a model without Forward, where
   * that is the mistake.
   */
  public void check(List<StrayInput> strays, boolean forwardMissing) {
    if (!forwardMissing) {
      strays.forEach(new InputCheck(problems)::check);
    }
  }
}
