package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Variable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a module consists of, by PyTorch's names in order of registration: its own parameters, its
 * own buffers, its children. Everything else about a module tree is derived from this.
 */
public final class Structure {
  private final String typeName;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, Buffer> buffers = new LinkedHashMap<>();
  private final Map<String, NnModule> children = new LinkedHashMap<>();

  private Structure(String typeName) {
    this.typeName = typeName;
  }

  /** The structure of a module whose class PyTorch calls {@code typeName}. */
  public static Structure of(String typeName) {
    return new Structure(typeName);
  }

  /** Adds a child; null counts as not there. Errors: MODEL for a name that is taken. */
  public Structure add(String name, @Nullable NnModule child) {
    requireFree(name);
    if (child != null) {
      children.put(name, child);
    }
    return this;
  }

  /** Adds a parameter or buffer; null counts as not there. Errors: MODEL for a taken name. */
  public Structure add(String name, @Nullable Variable variable) {
    requireFree(name);
    switch (variable) {
      case null -> {}
      case Parameter parameter -> parameters.put(name, parameter);
      case Buffer buffer -> buffers.put(name, buffer);
    }
    return this;
  }

  Structure addModules(List<? extends Map.Entry<String, ? extends NnModule>> modules) {
    modules.forEach(entry -> add(entry.getKey(), entry.getValue()));
    return this;
  }

  Structure addVariables(List<? extends Map.Entry<String, ? extends Variable>> variables) {
    variables.forEach(entry -> add(entry.getKey(), entry.getValue()));
    return this;
  }

  private void requireFree(String name) {
    if (parameters.containsKey(name) || buffers.containsKey(name) || children.containsKey(name)) {
      throw new SardonyxException(
          ErrorCode.MODEL, typeName + " has two members named '" + name + "'");
    }
    if (name.isEmpty() || name.contains(".")) {
      throw new SardonyxException(
          ErrorCode.MODEL, "a member of " + typeName + " may not be named '" + name + "'");
    }
  }

  /** The class name as PyTorch prints it. */
  public String typeName() {
    return typeName;
  }

  /** The module's own parameters. */
  public Map<String, Parameter> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /** The module's own buffers. */
  public Map<String, Buffer> buffers() {
    return Collections.unmodifiableMap(buffers);
  }

  /** The child modules. */
  public Map<String, NnModule> children() {
    return Collections.unmodifiableMap(children);
  }
}
