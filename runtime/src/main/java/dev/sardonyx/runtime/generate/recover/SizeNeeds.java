package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Up to where a forward method asks for which symbolic sizes. */
final class SizeNeeds {
  private final Facts facts;
  private final Map<String, Integer> last = new HashMap<>();

  SizeNeeds(Facts facts) {
    this.facts = facts;
  }

  /** Notes a step that writes sizes, those of its result among them. */
  void add(Step step, int at) {
    Stream.concat(Stream.of(step.output()), step.inputs().stream())
        .flatMap(value -> dims(value).stream())
        .filter(dim -> !dim.isFixed())
        .flatMap(dim -> Stream.of(dim.toString().split("\\W+")))
        .forEach(symbol -> last.put(symbol, at));
  }

  /** Whether a value has a size that is asked for after a place, and the next value has not. */
  boolean needs(String value, String next, int at) {
    Set<Dim> others = new HashSet<>(dims(next));
    return dims(value).stream()
        .filter(dim -> dim instanceof Dim.Symbol && !others.contains(dim))
        .anyMatch(dim -> last.getOrDefault(dim.toString(), -1) > at);
  }

  private List<Dim> dims(String value) {
    Optional<TensorType> type = facts.ranked(value);
    return type.map(given -> given.shape().dims()).orElse(List.of());
  }
}
