package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Parameters by name, in the order in which they were added; a tensor that is no parameter becomes
 * one. Walking over it gives the names. Source: torch.nn.ParameterDict.
 */
public final class ParameterDict implements NnModule, Iterable<String> {
  private final NamedMembers<Parameter> parameters =
      new NamedMembers<>("ParameterDict", "parameter");

  /** An empty dict, to be filled with {@link #put}. */
  public ParameterDict() {}

  /** Parameters under names. Errors: MODEL for an empty or dotted name. */
  @SafeVarargs
  public ParameterDict(Map.Entry<String, ? extends Tensor>... parameters) {
    for (Map.Entry<String, ? extends Tensor> entry : parameters) {
      put(entry.getKey(), entry.getValue());
    }
  }

  /** Parameters in the map's order. Errors: MODEL for an empty or dotted name. */
  public ParameterDict(SequencedMap<String, ? extends Tensor> parameters) {
    parameters.forEach(this::put);
  }

  /** Replaces the parameter of a name in its place, or adds it. Errors: MODEL, empty or dotted. */
  public ParameterDict put(String name, Tensor parameter) {
    parameters.put(name, ParameterTexts.parameter(parameter));
    return this;
  }

  /** Takes a parameter out and returns it. Errors: NOT_FOUND. */
  public Parameter remove(String name) {
    return parameters.remove(name);
  }

  /** The parameter of a name. Errors: NOT_FOUND, naming those there are. */
  public Parameter get(String name) {
    return parameters.get(name);
  }

  /** Whether there is a parameter of that name. */
  public boolean containsKey(String name) {
    return parameters.contains(name);
  }

  /** The names, in order. */
  public List<String> keys() {
    return parameters.names();
  }

  /** The parameters, in order. */
  public List<Parameter> values() {
    return parameters.list();
  }

  /** How many parameters there are. */
  public int size() {
    return parameters.size();
  }

  @Override
  public Iterator<String> iterator() {
    return keys().iterator();
  }

  @Override
  public Structure structure() {
    return Structure.of("ParameterDict").addVariables(parameters.entries());
  }

  @Override
  public String extraRepr() {
    return ParameterTexts.inDict(parameters.entries());
  }
}
