package dev.sardonyx.processor.follow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.lang.model.element.Element;

/**
 * Paths of which one is taken, nobody knows which: each runs from the same state, and what they
 * agree on is known afterwards.
 */
final class Alternatives {
  private final Heap heap;
  private final Findings findings;
  private final Values values;

  Alternatives(Heap heap, Findings findings, Values values) {
    this.heap = heap;
    this.findings = findings;
    this.values = values;
  }

  /** A path that was gone to its end, and what it left. */
  private record Path(
      Completion completion,
      List<Object> returned,
      Map<Element, Object> locals,
      Map<Heap.Place, Object> written,
      List<Finding> findings) {

    boolean mayReturn() {
      return !returned.isEmpty();
    }

    boolean isReturn() {
      return completion instanceof Completion.Return;
    }

    boolean isThrow() {
      return completion instanceof Completion.Throw && returned.isEmpty();
    }

    /** Whether control goes on after the statement on this path, or to a loop around. */
    boolean staysInside() {
      return !isReturn() && !(completion instanceof Completion.Throw);
    }
  }

  /** Takes each path. A path that throws is none that a correct model takes. */
  Completion run(Frame frame, List<Supplier<Completion>> branches) {
    List<Path> paths = branches.stream().map(branch -> walk(frame, branch)).toList();
    List<Path> possible = paths.stream().filter(path -> !path.isThrow()).toList();
    if (possible.isEmpty()) {
      return new Completion.Throw();
    }
    List<Path> inside = possible.stream().filter(Path::staysInside).toList();
    List<Path> returning = possible.stream().filter(Path::mayReturn).toList();
    List<Object> returned = returning.stream().flatMap(path -> path.returned().stream()).toList();
    if (inside.isEmpty()) {
      join(frame, possible);
      findings.alternatives(possible.stream().map(Path::findings).toList());
      return new Completion.Return(values.common(returned));
    }
    join(frame, inside);
    if (!returned.isEmpty()) {
      returnEarly(frame, returning, returned);
    }
    findings.alternatives(inside.stream().map(Path::findings).toList());
    return completion(frame, inside);
  }

  private void returnEarly(Frame frame, List<Path> returning, List<Object> returned) {
    Map<Heap.Place, Object> written = new LinkedHashMap<>();
    returning.forEach(path -> written.putAll(path.written()));
    // Of a path that may return and may stay, the mistakes are not those of its return.
    List<List<Finding>> lists =
        returning.stream()
            .map(path -> path.staysInside() ? List.<Finding>of() : path.findings())
            .toList();
    frame.early().add(new Frame.Early(returned, lists, written));
    heap.begin();
    findings.begin();
  }

  private static Completion completion(Frame frame, List<Path> inside) {
    Set<Completion> ends = new HashSet<>();
    inside.forEach(path -> ends.add(path.completion()));
    boolean jumps = ends.stream().anyMatch(Completion::isJump);
    if (frame.isWidening() && jumps) {
      return Completion.NORMAL;
    }
    return ends.size() == 1 ? ends.iterator().next() : new Completion.Unsure();
  }

  private Path walk(Frame frame, Supplier<Completion> branch) {
    Map<Element, Object> before = frame.locals();
    int mark = frame.early().size();
    heap.begin();
    findings.begin();
    Completion completion = attempt(branch);
    List<Object> returned = new ArrayList<>(closeEarly(frame, mark));
    if (completion instanceof Completion.Return(Object value)) {
      returned.add(value);
    }
    List<Finding> found = findings.end();
    Map<Heap.Place, Object> old = heap.end();
    Map<Heap.Place, Object> written = Heap.present(old.keySet());
    heap.restore(old);
    Map<Element, Object> after = frame.locals();
    frame.restore(before);
    return new Path(completion, returned, after, written, found);
  }

  private static Completion attempt(Supplier<Completion> branch) {
    try {
      return branch.get();
    } catch (Thrown thrown) {
      return new Completion.Throw();
    }
  }

  /**
   * Ends what began with early returns: the state is what holds there and here. Gives what they
   * return.
   */
  List<Object> closeEarly(Frame frame, int mark) {
    List<Object> returned = new ArrayList<>();
    while (frame.early().size() > mark) {
      Frame.Early early = frame.early().removeLast();
      returned.addAll(early.values());
      Map<Heap.Place, Object> old = heap.end();
      Set<Heap.Place> places = new LinkedHashSet<>(old.keySet());
      places.addAll(early.written().keySet());
      for (Heap.Place place : places) {
        Object here = place.instance().get(place.field());
        Object there = early.written().getOrDefault(place, old.getOrDefault(place, here));
        heap.write(place.instance(), place.field(), values.common(List.of(here, there)));
      }
      List<Finding> rest = findings.end();
      findings.alternatives(Stream.concat(early.findings().stream(), Stream.of(rest)).toList());
    }
    return returned;
  }

  /** The state that all paths have in common. */
  private void join(Frame frame, List<Path> paths) {
    Map<Element, Object> locals = new HashMap<>();
    for (Element local : paths.getFirst().locals().keySet()) {
      if (paths.stream().allMatch(path -> path.locals().containsKey(local))) {
        locals.put(
            local, values.common(paths.stream().map(path -> path.locals().get(local)).toList()));
      }
    }
    frame.restore(locals);
    Set<Heap.Place> places = new LinkedHashSet<>();
    paths.forEach(path -> places.addAll(path.written().keySet()));
    for (Heap.Place place : places) {
      Object now = place.instance().get(place.field());
      List<Object> all =
          paths.stream().map(path -> path.written().getOrDefault(place, now)).toList();
      heap.write(place.instance(), place.field(), values.common(all));
    }
  }

  /** The value that one of these expressions gives. */
  Object choose(Frame frame, List<Supplier<Object>> expressions) {
    List<Object> results = new ArrayList<>();
    List<Supplier<Completion>> branches =
        expressions.stream()
            .<Supplier<Completion>>map(
                expression ->
                    () -> {
                      results.add(expression.get());
                      return Completion.NORMAL;
                    })
            .toList();
    if (run(frame, branches) instanceof Completion.Throw) {
      throw new Thrown();
    }
    return values.common(results);
  }

  /**
   * A body that runs any number of times, or not at all: what it may change is unknown afterwards.
   *
   * @param assigned the local variables that it assigns
   */
  Completion anyNumberOfTimes(Frame frame, Set<Element> assigned, Supplier<Completion> body) {
    Runnable forget =
        () ->
            assigned.stream()
                .filter(frame::has)
                .forEach(local -> frame.set(local, Special.UNKNOWN));
    forget.run();
    Completion[] end = {Completion.NORMAL};
    frame.widening(
        () -> {
          Set<Heap.Place> written = new LinkedHashSet<>(trial(frame, body));
          forget(written);
          written.addAll(trial(frame, body)); // what the first turn wrote may lead elsewhere
          forget(written);
          end[0] = run(frame, List.of(() -> Completion.NORMAL, body));
          forget(written);
        });
    forget.run();
    return end[0] instanceof Completion.Return ? end[0] : Completion.NORMAL;
  }

  /** What a body writes, without any effect and without a word of what is found in it. */
  private Set<Heap.Place> trial(Frame frame, Supplier<Completion> body) {
    Path path = walk(frame, body);
    return path.written().keySet();
  }

  private void forget(Set<Heap.Place> places) {
    places.forEach(place -> heap.write(place.instance(), place.field(), Special.UNKNOWN));
  }
}
