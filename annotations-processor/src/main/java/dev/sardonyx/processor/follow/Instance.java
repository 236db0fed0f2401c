package dev.sardonyx.processor.follow;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** An object of a class that is being compiled. */
class Instance {
  private final TypeElement type;
  private final Map<Element, Object> fields = new HashMap<>();
  private final Map<Element, Object> captured;
  private final Optional<Instance> outer;

  /**
   * @param outer the instance around it, of an inner class
   * @param captured the local variables that a local or anonymous class sees
   */
  Instance(TypeElement type, Optional<Instance> outer, Map<Element, Object> captured) {
    this.type = type;
    this.outer = outer;
    this.captured = Map.copyOf(captured);
  }

  final TypeElement type() {
    return type;
  }

  final Optional<Instance> outer() {
    return outer;
  }

  final Map<Element, Object> captured() {
    return captured;
  }

  /** The value of a field; unknown where nothing has been written yet. */
  final Object get(Element field) {
    return fields.getOrDefault(field, Special.UNKNOWN);
  }

  /** To be called by the {@link Heap} alone, which keeps account of what branches write. */
  final void set(Element field, Object value) {
    fields.put(field, value);
  }

  /** What has been written, as it is now. */
  final Map<Element, Object> fields() {
    return Collections.unmodifiableMap(fields);
  }
}
