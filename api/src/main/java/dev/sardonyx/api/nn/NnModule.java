package dev.sardonyx.api.nn;

import dev.sardonyx.api.state.LoadPolicy;
import dev.sardonyx.api.state.LoadReport;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.type.DType;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

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
    return namedParameters(true);
  }

  /** The parameters here, and with {@code recurse} those below, by dotted name, each once. */
  default Map<String, Parameter> namedParameters(boolean recurse) {
    return ModuleTree.parameters(this, recurse);
  }

  /** The parameters here and below, each instance once. */
  default List<Parameter> parameters() {
    return List.copyOf(namedParameters().values());
  }

  /** The buffers here and below by dotted name, each instance once. */
  default Map<String, Buffer> namedBuffers() {
    return namedBuffers(true);
  }

  /** The buffers here, and with {@code recurse} those below, by dotted name, each once. */
  default Map<String, Buffer> namedBuffers(boolean recurse) {
    return ModuleTree.buffers(this, recurse);
  }

  /** The buffers here and below, each instance once. */
  default List<Buffer> buffers() {
    return List.copyOf(namedBuffers().values());
  }

  /** The module of a dotted path, "" for this one. Errors: NOT_FOUND, naming what there is. */
  default NnModule getSubmodule(String path) {
    return ModuleTree.submodule(this, path);
  }

  /** The parameter of a dotted path such as "layer1.0.weight". Errors: as above. */
  default Parameter getParameter(String path) {
    return ModuleTree.member(this, path, "parameter", Structure::parameters);
  }

  /** The buffer of a dotted path such as "bn.running_mean". Errors: as above. */
  default Buffer getBuffer(String path) {
    return ModuleTree.member(this, path, "buffer", Structure::buffers);
  }

  /** Calls a function with every module below, children first, and then with this one. */
  default void apply(Consumer<? super NnModule> function) {
    ModuleTree.apply(this, function);
  }

  /**
   * Marks the parameters here and below as trainable or frozen. Nothing is trained here: it is what
   * summaries count. Errors: ARGUMENT for trainable integers.
   */
  default void requiresGrad(boolean trainable) {
    parameters().forEach(parameter -> parameter.requiresGrad(trainable));
  }

  /**
   * Converts the floating-point parameters and buffers here and below; others stay. Source:
   * torch.nn.Module.to(dtype). Errors: ARGUMENT for a type that is not floating-point.
   */
  default void to(DType dtype) {
    ModuleState.convert(this, dtype);
  }

  /** How many elements the parameters here and below have; shared ones count once. */
  default long parameterCount() {
    return parameters().stream().mapToLong(parameter -> parameter.dense().elements()).sum();
  }

  /**
   * All parameters and persistent buffers by dotted name; a shared one under each of its names.
   * What it holds stays as it is when this module changes.
   */
  default StateDict stateDict() {
    return ModuleState.stateDict(this);
  }

  /**
   * Loads all weights, from a file or from another model's {@link #stateDict}. Errors: STATE
   * listing every entry that does not fit; nothing is loaded.
   */
  default LoadReport load(StateDict state) {
    return load(state, LoadPolicy.STRICT);
  }

  /** Loads weights by a policy. Errors: STATE under STRICT when anything does not fit. */
  default LoadReport load(StateDict state, LoadPolicy policy) {
    return ModuleState.load(this, state, policy);
  }

  /** PyTorch's print(model), to the letter, in the form of PyTorch 1.13. */
  default String describe() {
    return describe(DescribeStyle.TORCH_1_13);
  }

  /** PyTorch's print(model), to the letter. */
  default String describe(DescribeStyle style) {
    return new ModuleText(style).of(this);
  }
}
