package dev.sardonyx.api.nn;

import dev.sardonyx.api.state.LoadPolicy;
import dev.sardonyx.api.state.LoadReport;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Parameter;
import java.util.List;
import java.util.Map;

/**
 * A part of a model with its parameters: torch.nn.Module. For annotated classes the generated
 * descriptor tells the structure; a hand-written module overrides {@link #structure}. Modules start
 * in evaluation mode, because this library runs models and does not train them.
 */
public interface NnModule {

  /** Own parameters, own buffers and children. Errors: MODEL without a descriptor. */
  default Structure structure() {
    return Descriptors.of(this).structure(this);
  }

  /** The arguments that describe() shows in the brackets. Source: Module.extra_repr. */
  default String extraRepr() {
    return "";
  }

  /** Told to this module alone, not to its children, when the mode changes. */
  default void onModeChange(boolean training) {}

  /** Whether this module or one below it is in training mode and behaves otherwise for it. */
  default boolean isTraining() {
    return structure().children().values().stream().anyMatch(NnModule::isTraining);
  }

  /** Sets training mode here and below. */
  default void train(boolean training) {
    modules().forEach(module -> module.onModeChange(training));
  }

  /** Sets training mode here and below. */
  default void train() {
    train(true);
  }

  /** Sets evaluation mode here and below. */
  default void eval() {
    train(false);
  }

  /** The child modules by name. */
  default Map<String, NnModule> namedChildren() {
    return structure().children();
  }

  /** The child modules. */
  default List<NnModule> children() {
    return List.copyOf(namedChildren().values());
  }

  /** This module under {@code ""} and all below, depth first, each instance once. */
  default Map<String, NnModule> namedModules() {
    return ModuleTree.modules(this);
  }

  /** This module and all below, depth first, each instance once. */
  default List<NnModule> modules() {
    return List.copyOf(namedModules().values());
  }

  /** The parameters here and below by dotted name, each instance once. */
  default Map<String, Parameter> namedParameters() {
    return ModuleTree.parameters(this);
  }

  /** The parameters here and below, each instance once. */
  default List<Parameter> parameters() {
    return List.copyOf(namedParameters().values());
  }

  /** The buffers here and below by dotted name, each instance once. */
  default Map<String, Buffer> namedBuffers() {
    return ModuleTree.buffers(this);
  }

  /** The buffers here and below, each instance once. */
  default List<Buffer> buffers() {
    return List.copyOf(namedBuffers().values());
  }

  /** All parameters and buffers by dotted name; a shared one under each of its names. */
  default StateDict stateDict() {
    return ModuleState.stateDict(this);
  }

  /** Loads all weights. Errors: STATE listing every entry that does not fit; nothing is loaded. */
  default LoadReport load(StateDict state) {
    return load(state, LoadPolicy.STRICT);
  }

  /** Loads weights by a policy. Errors: STATE under STRICT when anything does not fit. */
  default LoadReport load(StateDict state, LoadPolicy policy) {
    return ModuleState.load(this, state, policy);
  }

  /** PyTorch's print(model), to the letter. */
  default String describe() {
    return ModuleTree.describe(this);
  }
}
