package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Parameters in a list, named by their positions; a tensor that is no parameter becomes one.
 * Source: torch.nn.ParameterList.
 */
public final class ParameterList implements NnModule, Iterable<Parameter> {
  private final NamedMembers<Parameter> parameters =
      new NamedMembers<>("ParameterList", "parameter");

  /** A list of these. */
  public ParameterList(Tensor... parameters) {
    this(List.of(parameters));
  }

  /** A list of these. */
  public ParameterList(List<? extends Tensor> parameters) {
    parameters.forEach(this::append);
  }

  /** Adds a parameter at the end and returns this. */
  public ParameterList append(Tensor parameter) {
    parameters.append(ParameterTexts.parameter(parameter));
    return this;
  }

  /** Appends each and returns this. */
  public ParameterList extend(Iterable<? extends Tensor> more) {
    ParameterTexts.copy(more).forEach(this::append);
    return this;
  }

  /** Replaces the parameter at a position and returns this. Errors: NOT_FOUND. */
  public ParameterList set(int index, Tensor parameter) {
    parameters.set(index, ParameterTexts.parameter(parameter));
    return this;
  }

  /** The parameter at a position, which may count from the end. Errors: NOT_FOUND. */
  public Parameter get(int index) {
    return parameters.get(index);
  }

  /** The same parameters from a position up to another, as Python's {@code [from:to]}. */
  public ParameterList slice(int from, int to) {
    return new ParameterList(parameters.slice(from, to).stream().map(Map.Entry::getValue).toList());
  }

  /** How many parameters there are. */
  public int size() {
    return parameters.size();
  }

  @Override
  public Iterator<Parameter> iterator() {
    return parameters.list().iterator();
  }

  @Override
  public Structure structure() {
    return Structure.of("ParameterList").addVariables(parameters.entries());
  }

  @Override
  public String extraRepr() {
    return ParameterTexts.inList(parameters.entries());
  }
}
