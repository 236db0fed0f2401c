package dev.sardonyx.runtime.diagnose;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One element on which two engines differ.
 *
 * @param place its index in each dim
 * @param engine what the engine computed for it, the node alone
 * @param reference what the reference did
 * @param exact what it is in float64, where somebody computes that
 */
public record Element(List<Long> place, double engine, double reference, OptionalDouble exact) {
  public Element {
    place = List.copyOf(place);
  }
}
