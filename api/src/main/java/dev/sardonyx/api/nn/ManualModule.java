package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A module that registers its members itself, as one that extends torch.nn.Module can: for members
 * that only running code knows, and without the annotation processor.
 *
 * <pre>{@code
 * final class Scaled extends ManualModule implements UnaryModule {
 *   private final Linear fc = addModule("fc", new Linear(4, 4));
 *   private final Parameter scale = registerParameter("scale", new Parameter(Tensor.ones(4)));
 *
 *   public Tensor forward(Tensor x) {
 *     return fc.forward(x).mul(scale);
 *   }
 * }
 * }</pre>
 */
public abstract class ManualModule implements NnModule {
  private final Map<String, Optional<Parameter>> parameters = new LinkedHashMap<>();
  private final Map<String, Buffer> buffers = new LinkedHashMap<>();
  private final Map<String, NnModule> modules = new LinkedHashMap<>();

  /** A module without members. */
  protected ManualModule() {}

  /**
   * Registers a parameter, in the place of one of that name, and returns it. Errors: MODEL for a
   * name of another kind of member, an empty or a dotted one.
   */
  public final Parameter registerParameter(String name, Parameter parameter) {
    requireFree(name, buffers, modules);
    parameters.put(name, Optional.of(parameter));
    return parameter;
  }

  /** Registers that there is no parameter of that name, as None does. Errors: as above. */
  public final void registerParameter(String name) {
    requireFree(name, buffers, modules);
    parameters.put(name, Optional.empty());
  }

  /** Registers a buffer that state dicts hold, and returns it. Errors: as above. */
  public final Buffer registerBuffer(String name, Tensor value) {
    return registerBuffer(name, value, true);
  }

  /** The same; one that is not persistent is in no state dict. */
  public final Buffer registerBuffer(String name, Tensor value, boolean persistent) {
    requireFree(name, parameters, modules);
    boolean fits = value instanceof Buffer buffer && buffer.isPersistent() == persistent;
    Buffer buffer = fits ? (Buffer) value : new Buffer(value, persistent);
    buffers.put(name, buffer);
    return buffer;
  }

  /** Registers a child, in the place of one of that name, and returns it. Errors: as above. */
  public final <M extends NnModule> M addModule(String name, M module) {
    requireFree(name, parameters, buffers);
    modules.put(name, module);
    return module;
  }

  private void requireFree(String name, Map<String, ?> others, Map<String, ?> more) {
    if (name.isEmpty() || name.contains(".")) {
      throw new SardonyxException(
          ErrorCode.MODEL, "a member of " + typeName() + " may not be named '" + name + "'");
    }
    if (others.containsKey(name) || more.containsKey(name)) {
      throw new SardonyxException(
          ErrorCode.MODEL, typeName() + " has a member of another kind named '" + name + "'");
    }
  }

  /** The class name as describe() shows it: by default Java's. */
  protected String typeName() {
    return getClass().getSimpleName();
  }

  @Override
  public final Structure structure() {
    Structure structure = Structure.of(typeName());
    parameters.forEach((name, own) -> structure.add(name, (Variable) own.orElse(null)));
    buffers.forEach(structure::add);
    modules.forEach(structure::add);
    return structure;
  }
}
