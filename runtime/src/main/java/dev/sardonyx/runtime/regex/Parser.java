package dev.sardonyx.runtime.regex;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Reads patterns. Source: RE2's syntax page; what is not on it is refused. */
final class Parser {
  private static final int MOST_NESTED = 250;
  private static final int MOST_REPEATS = 1000;

  /** What flags say: of letters' case, of ^ and $, of the dot. */
  private record Flags(boolean ignoreCase, boolean lines, boolean dotAll) {
    Flags with(int letter, boolean on) {
      return switch (letter) {
        case 'i' -> new Flags(on, lines, dotAll);
        case 'm' -> new Flags(ignoreCase, on, dotAll);
        case 's' -> new Flags(ignoreCase, lines, on);
        default -> this;
      };
    }
  }

  private final Cursor cursor;
  private Flags flags = new Flags(false, false, false);
  private int nested;

  private Parser(String pattern) {
    cursor = new Cursor(pattern);
  }

  /** The tree of a pattern. Errors: UNSUPPORTED. */
  static Syntax parse(String pattern) {
    var parser = new Parser(pattern);
    Syntax result = parser.choice();
    if (parser.cursor.hasNext()) {
      throw parser.cursor.refused("a group ends that did not begin");
    }
    return result;
  }

  private Syntax choice() {
    List<Syntax> parts = new ArrayList<>();
    do {
      parts.add(sequence());
    } while (cursor.take("|"));
    return parts.size() == 1 ? parts.getFirst() : new Syntax.Choice(parts);
  }

  private Syntax sequence() {
    List<Syntax> parts = new ArrayList<>();
    while (cursor.hasNext() && cursor.peek() != '|' && cursor.peek() != ')') {
      if (cursor.take("\\Q")) {
        quoted(parts);
      } else {
        atom().ifPresent(atom -> parts.add(repeated(atom)));
      }
    }
    return new Syntax.Sequence(parts);
  }

  /** Characters that stand for themselves; the last alone is what may be repeated. */
  private void quoted(List<Syntax> parts) {
    while (cursor.hasNext() && !cursor.take("\\E")) {
      parts.add(one(cursor.next()));
    }
    if (isRepeat() && !parts.isEmpty()) {
      parts.set(parts.size() - 1, repeated(parts.getLast()));
    }
  }

  private boolean isRepeat() {
    int c = cursor.peek();
    return c == '*' || c == '+' || c == '?' || c == '{' && count(false).isPresent();
  }

  /** What stands here; empty where it only sets flags. */
  private Optional<Syntax> atom() {
    if (isRepeat()) {
      throw cursor.refused("there is nothing to repeat");
    }
    Optional<IntPredicate> group = Escapes.group(cursor, flags.ignoreCase());
    if (group.isPresent()) {
      return group.map(Syntax.One::new);
    }
    int c = cursor.next();
    return switch (c) {
      case '(' -> group();
      case '[' -> Optional.of(new Syntax.One(ClassParser.parse(cursor, flags.ignoreCase())));
      case '.' -> {
        boolean all = flags.dotAll();
        yield Optional.of(new Syntax.One(d -> all || d != '\n'));
      }
      case '^' -> at(flags.lines() ? Syntax.Place.LINE_BEGIN : Syntax.Place.TEXT_BEGIN);
      case '$' -> at(flags.lines() ? Syntax.Place.LINE_END : Syntax.Place.TEXT_END);
      case '\\' -> escape();
      default -> Optional.of(one(c));
    };
  }

  private static Optional<Syntax> at(Syntax.Place place) {
    return Optional.of(new Syntax.At(place));
  }

  private Optional<Syntax> escape() {
    if (cursor.take("A")) {
      return at(Syntax.Place.TEXT_BEGIN);
    } else if (cursor.take("z")) {
      return at(Syntax.Place.TEXT_END);
    } else if (cursor.take("b")) {
      return at(Syntax.Place.WORD_BOUNDARY);
    } else if (cursor.take("B")) {
      return at(Syntax.Place.NO_WORD_BOUNDARY);
    }
    return Optional.of(one(Escapes.character(cursor)));
  }

  private Syntax one(int c) {
    return new Syntax.One(Escapes.signed(d -> d == c, false, flags.ignoreCase()));
  }

  /** A group, its opening bracket passed. Flags that are set within end with it. */
  private Optional<Syntax> group() {
    Flags outside = flags;
    if (cursor.take("?P<") || cursor.take("?<")) {
      requireName(cursor.until(">"));
    } else if (cursor.take("?") && flags()) {
      return Optional.empty();
    }
    nested++;
    if (nested > MOST_NESTED) {
      throw cursor.refused("groups are nested deeper than " + MOST_NESTED);
    }
    Syntax inner = choice();
    if (!cursor.take(")")) {
      throw cursor.refused("a group does not end");
    }
    nested--;
    flags = outside;
    return Optional.of(inner);
  }

  private void requireName(String name) {
    if (name.isEmpty() || !name.codePoints().allMatch(Groups::isWord)) {
      throw cursor.refused("a group's name is of letters, digits and _, found '" + name + "'");
    }
  }

  /** Sets flags; whether that is all that the group does. */
  private boolean flags() {
    boolean on = true;
    boolean any = false;
    while (true) {
      int c = cursor.next();
      if (c == ':' || c == ')') {
        if (!on && !any || c == ')' && !any) {
          throw cursor.refused("flags are missing");
        }
        return c == ')';
      }
      if (c == '-' && on) {
        on = false;
        any = false;
      } else if (c == 'i' || c == 'm' || c == 's') {
        flags = flags.with(c, on);
        any = true;
      } else if (c == 'U') {
        any = true; // which of several matches is found does not matter
      } else {
        throw cursor.refused("(?" + Character.toString(c) + " is not understood");
      }
    }
  }

  /** What stands before with the repetition that stands here, if one does. */
  private Syntax repeated(Syntax part) {
    if (!isRepeat()) {
      return part;
    }
    int[] count = bounds();
    cursor.take("?"); // as little as possible: the same texts match
    if (isRepeat()) {
      throw cursor.refused("a repetition is repeated");
    }
    return new Syntax.Repeat(part, count[0], count[1]);
  }

  private int[] bounds() {
    if (cursor.take("*")) {
      return new int[] {0, -1};
    } else if (cursor.take("+")) {
      return new int[] {1, -1};
    } else if (cursor.take("?")) {
      return new int[] {0, 1};
    }
    return count(true).orElseThrow();
  }

  /** A repetition in braces, if one stands here; passed if so wanted. Errors: UNSUPPORTED. */
  private Optional<int[]> count(boolean pass) {
    int place = cursor.place();
    cursor.next();
    int least = number();
    int most = least;
    if (least >= 0 && cursor.take(",")) {
      most = cursor.peek() == '}' ? -1 : number();
      least = cursor.peek() == '}' ? least : -1;
    }
    boolean found = least >= 0 && cursor.take("}");
    if (!found || !pass) {
      cursor.back(place);
    }
    if (found && (least > MOST_REPEATS || most > MOST_REPEATS || most >= 0 && most < least)) {
      throw cursor.refused("repetitions go from 0 to " + MOST_REPEATS + ", smallest first");
    }
    return found ? Optional.of(new int[] {least, most}) : Optional.empty();
  }

  /** The number that stands here, -1 for none; large ones are cut. */
  private int number() {
    int value = -1;
    while (cursor.peek() >= '0' && cursor.peek() <= '9') {
      value = Math.min(Math.max(value, 0) * 10 + cursor.next() - '0', MOST_REPEATS + 1);
    }
    return value;
  }
}
