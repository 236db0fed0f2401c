package dev.sardonyx.runtime.regex;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Sets of characters in brackets. */
final class ClassParser {
  private ClassParser() {}

  /** The set that stands here; its opening bracket is passed. Errors: UNSUPPORTED. */
  static IntPredicate parse(Cursor cursor, boolean fold) {
    boolean negative = cursor.take("^");
    List<IntPredicate> items = new ArrayList<>();
    do { // a bracket that comes first is one of the characters
      items.add(item(cursor, fold));
    } while (!cursor.take("]"));
    IntPredicate any = c -> items.stream().anyMatch(item -> item.test(c));
    return negative ? any.negate() : any;
  }

  private static IntPredicate item(Cursor cursor, boolean fold) {
    if (cursor.peek() == '[' && cursor.peek(1) == ':') {
      int place = cursor.place();
      Optional<String> name = posixName(cursor);
      if (name.isPresent()) {
        boolean negative = name.get().startsWith("^");
        IntPredicate set =
            Groups.posix(negative ? name.get().substring(1) : name.get())
                .orElseThrow(() -> cursor.refused("there is no [:" + name.get() + ":]"));
        return Escapes.signed(set, negative, fold);
      }
      cursor.back(place);
    }
    return Escapes.group(cursor, fold).orElseGet(() -> range(cursor, fold));
  }

  private static Optional<String> posixName(Cursor cursor) {
    cursor.next();
    cursor.next();
    var name = new StringBuilder();
    while (cursor.hasNext()) {
      if (cursor.take(":]")) {
        return Optional.of(name.toString());
      }
      name.appendCodePoint(cursor.next());
    }
    return Optional.empty();
  }

  private static IntPredicate range(Cursor cursor, boolean fold) {
    int low = character(cursor);
    int high = low;
    if (cursor.peek() == '-' && cursor.peek(1) != ']' && cursor.peek(1) >= 0) {
      cursor.next();
      high = character(cursor);
    }
    if (high < low) {
      throw cursor.refused("a range ends before it begins");
    }
    int last = high;
    return Escapes.signed(c -> c >= low && c <= last, false, fold);
  }

  private static int character(Cursor cursor) {
    int c = cursor.next();
    return c == '\\' ? Escapes.character(cursor) : c;
  }
}
