package dev.sardonyx.runtime.regex;

import java.util.Optional;
import java.util.function.IntPredicate;

/** Sets of characters that have names. Source: RE2's syntax page. */
final class Groups {
  private static final int ASCII_END = 0x80;

  private Groups() {}

  /** Letters, digits and underscore of ASCII. */
  static boolean isWord(int c) {
    return isDigit(c) || isLetter(c) || c == '_';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isUpper(int c) {
    return c >= 'A' && c <= 'Z';
  }

  private static boolean isLower(int c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isLetter(int c) {
    return isUpper(c) || isLower(c);
  }

  private static boolean isGraph(int c) {
    return c > ' ' && c < ASCII_END - 1;
  }

  /** What a letter after a backslash stands for: d, s, w. */
  static Optional<IntPredicate> perl(int letter) {
    return Optional.ofNullable(
        switch (letter) {
          case 'd' -> Groups::isDigit;
          case 's' -> c -> c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
          case 'w' -> Groups::isWord;
          default -> null;
        });
  }

  /** What a name in {@code [:name:]} stands for. */
  static Optional<IntPredicate> posix(String name) {
    return Optional.ofNullable(
        switch (name) {
          case "alnum" -> c -> isLetter(c) || isDigit(c);
          case "alpha" -> Groups::isLetter;
          case "ascii" -> c -> c >= 0 && c < ASCII_END;
          case "blank" -> c -> c == ' ' || c == '\t';
          case "cntrl" -> c -> c >= 0 && c < ' ' || c == ASCII_END - 1;
          case "digit" -> Groups::isDigit;
          case "graph" -> Groups::isGraph;
          case "lower" -> Groups::isLower;
          case "print" -> c -> isGraph(c) || c == ' ';
          case "punct" -> c -> isGraph(c) && !isLetter(c) && !isDigit(c);
          case "space" -> c -> c == ' ' || c >= '\t' && c <= '\r';
          case "upper" -> Groups::isUpper;
          case "word" -> Groups::isWord;
          case "xdigit" -> c -> isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
          default -> null;
        });
  }

  /** What the name of a Unicode category or script stands for. */
  static Optional<IntPredicate> unicode(String name) {
    if (name.equals("Any")) {
      return Optional.of(_ -> true);
    }
    if (name.length() <= 2) {
      return category(name);
    }
    boolean likeScript = Character.isUpperCase(name.charAt(0)) && !name.contains("-");
    try {
      Character.UnicodeScript script = Character.UnicodeScript.forName(name);
      return likeScript
          ? Optional.of(c -> Character.UnicodeScript.of(c) == script)
          : Optional.empty();
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }

  private static Optional<IntPredicate> category(String name) {
    boolean any = false;
    for (int type = 0; type <= Character.FINAL_QUOTE_PUNCTUATION; type++) {
      any |= code(type).startsWith(name);
    }
    return any && !name.isEmpty()
        ? Optional.of(c -> code(Character.getType(c)).startsWith(name))
        : Optional.empty();
  }

  /** Unicode's two letters for what {@link Character#getType(int)} gives; none for no character. */
  private static String code(int type) {
    return switch (type) {
      case Character.UPPERCASE_LETTER -> "Lu";
      case Character.LOWERCASE_LETTER -> "Ll";
      case Character.TITLECASE_LETTER -> "Lt";
      case Character.MODIFIER_LETTER -> "Lm";
      case Character.OTHER_LETTER -> "Lo";
      case Character.NON_SPACING_MARK -> "Mn";
      case Character.ENCLOSING_MARK -> "Me";
      case Character.COMBINING_SPACING_MARK -> "Mc";
      case Character.DECIMAL_DIGIT_NUMBER -> "Nd";
      case Character.LETTER_NUMBER -> "Nl";
      case Character.OTHER_NUMBER -> "No";
      case Character.SPACE_SEPARATOR -> "Zs";
      case Character.LINE_SEPARATOR -> "Zl";
      case Character.PARAGRAPH_SEPARATOR -> "Zp";
      case Character.CONTROL -> "Cc";
      case Character.FORMAT -> "Cf";
      case Character.PRIVATE_USE -> "Co";
      case Character.SURROGATE -> "Cs";
      case Character.DASH_PUNCTUATION -> "Pd";
      case Character.START_PUNCTUATION -> "Ps";
      case Character.END_PUNCTUATION -> "Pe";
      case Character.CONNECTOR_PUNCTUATION -> "Pc";
      case Character.OTHER_PUNCTUATION -> "Po";
      case Character.INITIAL_QUOTE_PUNCTUATION -> "Pi";
      case Character.FINAL_QUOTE_PUNCTUATION -> "Pf";
      case Character.MATH_SYMBOL -> "Sm";
      case Character.CURRENCY_SYMBOL -> "Sc";
      case Character.MODIFIER_SYMBOL -> "Sk";
      case Character.OTHER_SYMBOL -> "So";
      default -> "";
    };
  }
}
