package dev.sardonyx.processor.follow;

import com.sun.source.tree.CompilationUnitTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;

/** One running method or initializer: its file, its this, its local variables. */
final class Frame {
  private final CompilationUnitTree unit;
  private final Optional<Instance> self;
  private Map<Element, Object> locals;
  private final List<Early> early = new ArrayList<>();
  private int widening;

  /**
   * A return on some paths only; the rest of the method is the alternative to it.
   *
   * @param values what is returned
   * @param findings the mistakes of each path that leads there
   * @param written the fields that these paths wrote, with what they hold there
   */
  record Early(
      List<Object> values, List<List<Finding>> findings, Map<Heap.Place, Object> written) {}

  Frame(CompilationUnitTree unit, Optional<Instance> self, Map<Element, Object> locals) {
    this.unit = unit;
    this.self = self;
    this.locals = new HashMap<>(locals);
  }

  CompilationUnitTree unit() {
    return unit;
  }

  Optional<Instance> self() {
    return self;
  }

  boolean has(Element local) {
    return locals.containsKey(local);
  }

  Object get(Element local) {
    return locals.getOrDefault(local, Special.UNKNOWN);
  }

  void set(Element local, Object value) {
    locals.put(local, value);
  }

  /** A copy of all local variables, to come back to. */
  Map<Element, Object> locals() {
    return new HashMap<>(locals);
  }

  void restore(Map<Element, Object> earlier) {
    locals = new HashMap<>(earlier);
  }

  List<Early> early() {
    return early;
  }

  /** Whether a loop's body runs only to see what it may change: jumps end a path then. */
  boolean isWidening() {
    return widening > 0;
  }

  void widening(Runnable body) {
    widening++;
    try {
      body.run();
    } finally {
      widening--;
    }
  }
}
