package dev.sardonyx.runtime.generate.write;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lays out a statement or declaration in lines of at most 100 columns, as google-java-format does:
 * levels within levels, each with places where a line may end. A level that fits stays on its line;
 * in one that does not, lines end together or one by one. Words that follow a level without a break
 * belong to it, so that there is room for what closes it.
 */
final class Layout {
  /** The longest line. */
  static final int WIDTH = 100;

  private static final int ENDLESS = 1 << 20;

  /** When lines end at the breaks of a level that does not fit. */
  enum Fill {
    /** At all of them. */
    TOGETHER,
    /** Where what follows does not fit. */
    ONE_BY_ONE,
    /** Even if it fits. */
    ALWAYS
  }

  /** Whether a line has ended at the last of some breaks. */
  static final class Mark {
    private boolean taken;

    boolean isTaken() {
      return taken;
    }
  }

  /** How far the lines of a level are indented, which may depend on where lines ended before. */
  @FunctionalInterface
  interface Indent {
    int columns();
  }

  private sealed interface Part {
    int width();
  }

  private record Word(String text) implements Part {
    @Override
    public int width() {
      return text.length();
    }
  }

  private static final class Break implements Part {
    private final Fill fill;
    private final String flat;
    private final int indent;
    private final Mark mark;
    private boolean taken;
    private int column;

    Break(Fill fill, String flat, int indent, Mark mark) {
      this.fill = fill;
      this.flat = flat;
      this.indent = indent;
      this.mark = mark;
    }

    @Override
    public int width() {
      return fill == Fill.ALWAYS ? ENDLESS : flat.length();
    }

    int place(int at, int indentation, boolean ends) {
      taken = ends;
      mark.taken = ends;
      column = Math.max(0, indentation + indent);
      return ends ? column : at + flat.length();
    }
  }

  private static final class Level implements Part {
    private final Indent indent;
    private final List<Part> parts = new ArrayList<>();
    private boolean fits;
    private int column;
    private boolean crowded;

    Level(Indent indent) {
      this.indent = indent;
    }

    @Override
    public int width() {
      return Layout.width(parts);
    }

    /** Decides where lines end, from a column on; returns the column after the level. */
    int place(int from, int indentation) {
      fits = from + width() <= WIDTH;
      if (fits) {
        return from + width();
      }
      int own = indentation + indent.columns();
      column = from;
      crowded = false;
      int start = 0;
      for (int end = 0; end <= parts.size(); end++) {
        if (end == parts.size() || parts.get(end) instanceof Break) {
          Break before = start == 0 ? null : (Break) parts.get(start - 1);
          place(before, parts.subList(start, end), own);
          start = end + 1;
        }
      }
      return column;
    }

    private void place(@Nullable Break before, List<Part> words, int own) {
      int width = Layout.width(words);
      if (before != null) {
        boolean ends =
            before.fill != Fill.ONE_BY_ONE || crowded || column + before.width() + width > WIDTH;
        column = before.place(column, own, ends);
      }
      crowded = column + width > WIDTH;
      for (Part part : words) {
        column = part instanceof Level inner ? inner.place(column, own) : column + part.width();
      }
    }
  }

  private final int start;
  private final Deque<Level> open = new ArrayDeque<>();
  private Level words;

  /** A layout whose first line starts at a column. */
  Layout(int start) {
    this.start = start;
    words = new Level(() -> 0);
    open.push(words);
  }

  private static int width(List<Part> parts) {
    return (int) Math.min(ENDLESS, parts.stream().mapToLong(Part::width).sum());
  }

  Layout text(String text) {
    words.parts.add(new Word(text));
    return this;
  }

  Layout open(int indent) {
    return open(() -> indent);
  }

  Layout open(Indent indent) {
    open.push(new Level(indent));
    return this;
  }

  Layout close() {
    Level closed = open.pop();
    open.element().parts.add(closed);
    return this;
  }

  /** A place where a line may end; {@code flat} stands there where it does not. */
  Layout lineEnd(Fill fill, String flat) {
    return lineEnd(fill, flat, 0, new Mark());
  }

  Layout lineEnd(Fill fill, String flat, int indent, Mark mark) {
    words = open.element();
    words.parts.add(new Break(fill, flat, indent, mark));
    return this;
  }

  /** The lines, the first one indented. */
  String lines() {
    Level whole = open.element();
    whole.place(start, start);
    var text = new StringBuilder(" ".repeat(start));
    write(whole, text, whole.fits);
    return text.append('\n').toString();
  }

  /** All on one line, not indented. */
  String flat() {
    var text = new StringBuilder();
    write(open.element(), text, true);
    return text.toString();
  }

  private static void write(Level level, StringBuilder text, boolean flat) {
    for (Part part : level.parts) {
      switch (part) {
        case Word(String word) -> text.append(word);
        case Break end when !flat && end.taken -> text.append('\n').append(" ".repeat(end.column));
        case Break end -> text.append(end.flat);
        case Level inner -> write(inner, text, flat || inner.fits);
      }
    }
  }
}
