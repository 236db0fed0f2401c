package dev.sardonyx.runtime.regex;

import java.util.List;
import java.util.function.IntPredicate;

/** A regular expression as a tree. */
sealed interface Syntax {

  /** One character of a set. */
  record One(IntPredicate set) implements Syntax {}

  /** A place in the text without width. */
  record At(Place place) implements Syntax {}

  /** One after the other. */
  record Sequence(List<Syntax> parts) implements Syntax {}

  /** One of several. */
  record Choice(List<Syntax> parts) implements Syntax {}

  /**
   * A part again and again.
   *
   * @param most below 0 where there is no limit
   */
  record Repeat(Syntax part, int least, int most) implements Syntax {}

  /** What a place is told by. */
  enum Place {
    TEXT_BEGIN,
    TEXT_END,
    LINE_BEGIN,
    LINE_END,
    WORD_BOUNDARY,
    NO_WORD_BOUNDARY;

    /** Whether a place between two characters is one; -1 stands for the ends of the text. */
    boolean holds(int before, int after) {
      return switch (this) {
        case TEXT_BEGIN -> before < 0;
        case TEXT_END -> after < 0;
        case LINE_BEGIN -> before < 0 || before == '\n';
        case LINE_END -> after < 0 || after == '\n';
        case WORD_BOUNDARY -> Groups.isWord(before) != Groups.isWord(after);
        case NO_WORD_BOUNDARY -> Groups.isWord(before) == Groups.isWord(after);
      };
    }
  }
}
