package dev.sardonyx.runtime.regex;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.util.ArrayList;
import java.util.List;

/**
 * A pattern made ready: a machine that is in many states at once, so that each character is looked
 * at once. Source: Thompson, Regular Expression Search Algorithm. Thread-safe.
 */
public final class Regex {
  private static final int MOST_STATES = 50_000;

  /** A state: what must stand here, and the states after it. */
  private record State(Syntax what, List<Integer> next) {}

  private static final Syntax NOTHING = new Syntax.Sequence(List.of());

  private final List<State> states = new ArrayList<>();
  private int work;

  private Regex() {}

  /** Makes a pattern of RE2's syntax ready. Errors: UNSUPPORTED for what is not of it. */
  public static Regex compile(String pattern) {
    var regex = new Regex();
    int end = regex.state(NOTHING, List.of());
    int begin = regex.add(Parser.parse(pattern), end);
    regex.state(NOTHING, List.of(begin));
    return regex;
  }

  private int state(Syntax what, List<Integer> next) {
    count();
    states.add(new State(what, next));
    return states.size() - 1;
  }

  private void count() {
    work++;
    if (work > MOST_STATES) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED, "the pattern is too large: more than " + MOST_STATES + " states");
    }
  }

  /** The state from which a part leads on to another. Depth is bounded by the parser. */
  private int add(Syntax part, int next) {
    count();
    return switch (part) {
      case Syntax.One _, Syntax.At _ -> state(part, List.of(next));
      case Syntax.Sequence(List<Syntax> parts) -> {
        int to = next;
        for (Syntax each : parts.reversed()) {
          to = add(each, to);
        }
        yield to;
      }
      case Syntax.Choice(List<Syntax> parts) -> {
        List<Integer> begins = new ArrayList<>();
        parts.forEach(each -> begins.add(add(each, next)));
        yield state(NOTHING, List.copyOf(begins));
      }
      case Syntax.Repeat repeat -> add(repeat, next);
    };
  }

  private int add(Syntax.Repeat repeat, int next) {
    int to = next;
    if (repeat.most() < 0) {
      List<Integer> exits = new ArrayList<>(List.of(next));
      to = state(NOTHING, exits);
      exits.add(add(repeat.part(), to));
    }
    for (int i = repeat.least(); i < repeat.most(); i++) {
      to = state(NOTHING, List.of(next, add(repeat.part(), to)));
    }
    for (int i = 0; i < repeat.least(); i++) {
      to = add(repeat.part(), to);
    }
    return to;
  }

  /** Whether all of a text matches. Errors: INTERRUPTED. */
  public boolean matches(String text) {
    int[] characters = text.codePoints().toArray();
    var current = new StateSet(states.size());
    var following = new StateSet(states.size());
    reach(states.size() - 1, characters, 0, current);
    for (int i = 0; i < characters.length && current.size() > 0; i++) {
      Cancellation.poll();
      for (int k = 0; k < current.size(); k++) {
        State state = states.get(current.get(k));
        if (state.what() instanceof Syntax.One(var set) && set.test(characters[i])) {
          reach(state.next().getFirst(), characters, i + 1, following);
        }
      }
      StateSet spent = current;
      current = following;
      following = spent;
      following.clear();
    }
    return current.contains(0);
  }

  /** Adds a state and all that it leads to without a character. */
  private void reach(int first, int[] text, int at, StateSet set) {
    int before = at > 0 ? text[at - 1] : -1;
    int after = at < text.length ? text[at] : -1;
    int done = set.size();
    set.add(first);
    for (; done < set.size(); done++) {
      State state = states.get(set.get(done));
      boolean passes =
          switch (state.what()) {
            case Syntax.One _ -> false;
            case Syntax.At(Syntax.Place place) -> place.holds(before, after);
            case Syntax.Sequence _, Syntax.Choice _, Syntax.Repeat _ -> true;
          };
      if (passes) {
        state.next().forEach(set::add);
      }
    }
  }

  /** Numbers below a limit, each once, in the order in which they came. */
  private static final class StateSet {
    private final int[] order;
    private final int[] place;
    private int size;

    StateSet(int limit) {
      order = new int[limit];
      place = new int[limit];
    }

    boolean contains(int state) {
      return place[state] < size && order[place[state]] == state;
    }

    void add(int state) {
      if (!contains(state)) {
        order[size] = state;
        place[state] = size;
        size++;
      }
    }

    int get(int index) {
      return order[index];
    }

    int size() {
      return size;
    }

    void clear() {
      size = 0;
    }
  }
}
