package dev.sardonyx.processor.follow;

import dev.sardonyx.api.nn.Structure;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * An object of a module class that is being compiled, as the library's containers take it: its
 * forward is interpreted.
 */
final class ModuleInstance extends Instance implements UnaryModule {
  /** What modules ask of the interpreter. */
  interface Behaviour {
    /** Errors: {@link UnknownResult} where nothing is known. */
    Tensor forward(ModuleInstance module, Tensor x);

    /** Errors: {@link UnknownResult} where a layer is not known. */
    Structure structure(ModuleInstance module);
  }

  private final Behaviour behaviour;

  ModuleInstance(
      TypeElement type,
      Optional<Instance> outer,
      Map<Element, Object> captured,
      Behaviour behaviour) {
    super(type, outer, captured);
    this.behaviour = behaviour;
  }

  @Override
  public Tensor forward(Tensor x) {
    return behaviour.forward(this, x);
  }

  @Override
  public Structure structure() {
    return behaviour.structure(this);
  }
}
