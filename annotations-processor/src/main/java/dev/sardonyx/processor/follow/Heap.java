package dev.sardonyx.processor.follow;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;

/**
 * Writes to objects. What a branch writes that may not be taken can be undone, unless it goes into
 * an object of the library or the JDK: such an object is spoiled, nothing is known of it any more.
 */
final class Heap {
  /** A field of an object. */
  record Place(Instance instance, Element field) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Place place
          && instance == place.instance
          && field.equals(place.field);
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(instance) + field.hashCode();
    }
  }

  private final Deque<Map<Place, Object>> journals = new ArrayDeque<>();
  private final Set<Object> spoiled = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Whether what runs may not be taken. */
  boolean isSpeculative() {
    return !journals.isEmpty();
  }

  void write(Instance instance, Element field, Object value) {
    if (!journals.isEmpty()) {
      journals.peek().putIfAbsent(new Place(instance, field), instance.get(field));
    }
    instance.set(field, value);
  }

  void spoil(Object object) {
    spoiled.add(object);
  }

  boolean isSpoiled(Object object) {
    return spoiled.contains(object);
  }

  /** From here on, what fields were before is noted. */
  void begin() {
    journals.push(new LinkedHashMap<>());
  }

  /** What has been written since {@link #begin}, with the values of then. */
  Map<Place, Object> end() {
    Map<Place, Object> journal = journals.pop();
    if (!journals.isEmpty()) {
      journal.forEach(journals.peek()::putIfAbsent);
    }
    return journal;
  }

  /** The present values of places. */
  static Map<Place, Object> present(Set<Place> places) {
    Map<Place, Object> values = new LinkedHashMap<>();
    places.forEach(place -> values.put(place, place.instance().get(place.field())));
    return values;
  }

  /** Puts values back. */
  void restore(Map<Place, Object> values) {
    values.forEach((place, value) -> write(place.instance(), place.field(), value));
  }
}
