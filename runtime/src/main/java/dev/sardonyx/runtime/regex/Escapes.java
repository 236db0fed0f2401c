package dev.sardonyx.runtime.regex;

import java.util.Optional;
import java.util.function.IntPredicate;

/** What stands after a backslash. */
final class Escapes {
  private static final int MOST_HEX_DIGITS = 6;

  private Escapes() {}

  /** A group such as {@code \d} or {@code \p{Greek}}, if one stands here, backslash included. */
  static Optional<IntPredicate> group(Cursor cursor, boolean fold) {
    if (cursor.peek() != '\\') {
      return Optional.empty();
    }
    int letter = cursor.peek(1);
    if (letter == 'p' || letter == 'P') {
      cursor.next();
      cursor.next();
      return Optional.of(unicode(cursor, letter == 'P', fold));
    }
    Optional<IntPredicate> group = Groups.perl(Character.toLowerCase(letter));
    if (group.isPresent()) {
      cursor.next();
      cursor.next();
    }
    return group.map(set -> signed(set, Character.isUpperCase(letter), fold));
  }

  private static IntPredicate unicode(Cursor cursor, boolean negative, boolean fold) {
    String name =
        cursor.take("{")
            ? cursor.until("}")
            : new StringBuilder().appendCodePoint(cursor.next()).toString();
    boolean hat = name.startsWith("^");
    String plain = hat ? name.substring(1) : name;
    IntPredicate set =
        Groups.unicode(plain)
            .orElseThrow(() -> cursor.refused("there is no group of characters " + plain));
    return signed(set, negative != hat, fold);
  }

  /** A set or, once it is closed over case, what is not in it. */
  static IntPredicate signed(IntPredicate set, boolean negative, boolean fold) {
    IntPredicate closed = fold ? Folding.closure(set) : set;
    return negative ? closed.negate() : closed;
  }

  /** The character that an escape stands for; its backslash is passed. Errors: UNSUPPORTED. */
  static int character(Cursor cursor) {
    int letter = cursor.next();
    return switch (letter) {
      case 'a' -> '\u0007';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> '\u000b';
      case 'x' -> hex(cursor);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(cursor, letter);
      default -> {
        boolean literal = letter < 0x80 && !Groups.isWord(letter);
        if (!literal) {
          throw cursor.refused("\\" + Character.toString(letter) + " is not understood");
        }
        yield letter;
      }
    };
  }

  private static int octal(Cursor cursor, int first) {
    if (first != '0' && digit(cursor.peek(), 8) < 0) {
      throw cursor.refused("references to groups are not regular");
    }
    int value = digit(first, 8);
    for (int i = 0; i < 2 && digit(cursor.peek(), 8) >= 0; i++) {
      value = value * 8 + digit(cursor.next(), 8);
    }
    return value;
  }

  private static int hex(Cursor cursor) {
    if (!cursor.take("{")) {
      return digits(cursor, "" + (char) cursor.next() + (char) cursor.next());
    }
    return digits(cursor, cursor.until("}"));
  }

  private static int digits(Cursor cursor, String text) {
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = digit(text.charAt(i), 16);
      value = digit < 0 ? -1 : value * 16 + digit;
      if (value < 0) {
        break;
      }
    }
    boolean fits =
        !text.isEmpty()
            && text.length() <= MOST_HEX_DIGITS
            && value >= 0
            && value <= Character.MAX_CODE_POINT;
    if (!fits) {
      throw cursor.refused("\\x needs the number of a character, found " + text);
    }
    return value;
  }

  private static int digit(int c, int radix) {
    return c < 0x80 ? Character.digit(c, radix) : -1;
  }
}
