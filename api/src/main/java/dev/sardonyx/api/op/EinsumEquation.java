package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The equation of an Einsum: one term for each operand and, where it is said, one for the output.
 * Letters name axes; an ellipsis stands for any number of axes that broadcast.
 */
public record EinsumEquation(List<Term> inputs, Optional<Term> output) {
  /** Stands for the ellipsis among the letters of a term. */
  private static final char ELLIPSIS = '.';

  /**
   * The first label that an axis of an ellipsis gets: these follow all letters, in the order in
   * which the axes stand.
   */
  private static final int FIRST_ELLIPSIS_LABEL = 1 << 16;

  public EinsumEquation {
    inputs = List.copyOf(inputs);
  }

  /** The axes of one tensor: letters, and at most one ellipsis. */
  public record Term(String letters) {
    private boolean hasEllipsis() {
      return letters.indexOf(ELLIPSIS) >= 0;
    }

    /** The axes that letters name. */
    public int named() {
      return letters.length() - (hasEllipsis() ? 1 : 0);
    }

    /** The labels of all axes, of which the last of {@code most} ellipsis axes are there. */
    private List<Integer> labels(int ellipsis, int most) {
      List<Integer> result = new ArrayList<>();
      for (int i = 0; i < letters.length(); i++) {
        if (letters.charAt(i) != ELLIPSIS) {
          result.add((int) letters.charAt(i));
          continue;
        }
        for (int axis = most - ellipsis; axis < most; axis++) {
          result.add(FIRST_ELLIPSIS_LABEL + axis);
        }
      }
      return List.copyOf(result);
    }
  }

  /** The labels of each operand's axes and of the output's, once ranks are known. */
  public record Labels(List<List<Integer>> inputs, List<Integer> output) {
    public Labels {
      inputs = List.copyOf(inputs);
      output = List.copyOf(output);
    }
  }

  /** Reads an equation. Errors: ARGUMENT for what is none. */
  public static EinsumEquation parse(String text) {
    String plain = text.replace(" ", "");
    int arrow = plain.indexOf("->");
    String left = arrow < 0 ? plain : plain.substring(0, arrow);
    List<Term> inputs = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= left.length(); i++) {
      if (i == left.length() || left.charAt(i) == ',') {
        inputs.add(term(left.substring(from, i), text));
        from = i + 1;
      }
    }
    Optional<Term> output =
        arrow < 0 ? Optional.empty() : Optional.of(term(plain.substring(arrow + 2), text));
    var equation = new EinsumEquation(inputs, output);
    output.ifPresent(term -> equation.requireOutput(term, text));
    return equation;
  }

  private static Term term(String text, String equation) {
    String letters = text.replace("...", "");
    boolean known = letters.chars().allMatch(EinsumEquation::isLetter);
    if (!known || text.length() - letters.length() > 3) {
      throw error(equation, "terms are letters with at most one '...', found '" + text + "'");
    }
    return new Term(text.replace("...", "" + ELLIPSIS));
  }

  private static boolean isLetter(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private void requireOutput(Term term, String equation) {
    for (int i = 0; i < term.letters().length(); i++) {
      char letter = term.letters().charAt(i);
      boolean given =
          letter == ELLIPSIS
              || inputs.stream().anyMatch(input -> input.letters().indexOf(letter) >= 0);
      if (!given || term.letters().indexOf(letter) != i) {
        throw error(
            equation, "the output must name axes of the operands, each once, found " + letter);
      }
    }
  }

  private static SardonyxException error(String equation, String law) {
    return new SardonyxException(ErrorCode.ARGUMENT, "Einsum '" + equation + "': " + law);
  }

  /**
   * The labels for operands of these ranks, as many as there are terms. Errors: ARGUMENT for a rank
   * that does not fit its term.
   */
  public Labels labels(List<Integer> ranks) {
    int most = 0;
    for (int i = 0; i < inputs.size(); i++) {
      Term term = inputs.get(i);
      int ellipsis = ranks.get(i) - term.named();
      if (ellipsis < 0 || ellipsis > 0 && !term.hasEllipsis()) {
        throw new SardonyxException(
            ErrorCode.ARGUMENT,
            "Einsum: operand "
                + i
                + " has rank "
                + ranks.get(i)
                + ", its term names "
                + term.named()
                + " axes");
      }
      most = Math.max(most, ellipsis);
    }
    List<List<Integer>> labels = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Term term = inputs.get(i);
      labels.add(term.labels(ranks.get(i) - term.named(), most));
    }
    int all = most;
    return new Labels(
        labels, output.map(term -> term.labels(all, all)).orElseGet(() -> implicit(all)));
  }

  /** The ellipsis, then the letters that stand once, in the order of their codes. */
  private List<Integer> implicit(int ellipsis) {
    List<Integer> result = new ArrayList<>();
    for (int axis = 0; axis < ellipsis; axis++) {
      result.add(FIRST_ELLIPSIS_LABEL + axis);
    }
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    for (Term term : inputs) {
      term.letters()
          .chars()
          .filter(EinsumEquation::isLetter)
          .forEach(letter -> counts.merge(letter, 1, Integer::sum));
    }
    counts.forEach(
        (letter, count) -> {
          if (count == 1) {
            result.add(letter);
          }
        });
    return List.copyOf(result);
  }
}
