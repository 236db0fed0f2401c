package dev.sardonyx.processor.check;

import dev.sardonyx.processor.check.Problems.Message;
import dev.sardonyx.processor.model.ForwardMethod;
import dev.sardonyx.processor.model.ModuleClass;
import dev.sardonyx.processor.model.StrayInput;
import java.math.BigInteger;
import java.util.List;

/** The declared types of forward's parameters. */
final class InputCheck {
  private static final String SIZE = "[0-9]+";
  private static final String SYMBOL = "[A-Za-z_][A-Za-z0-9_]*";
  private static final int MOST_DIGITS = 18;
  private static final BigInteger MOST_ELEMENTS = BigInteger.valueOf(Long.MAX_VALUE);

  private final Problems problems;

  InputCheck(Problems problems) {
    this.problems = problems;
  }

  void check(ModuleClass type) {
    if (type.forwards().size() != 1) {
      return;
    }
    ForwardMethod method = type.forwards().getFirst();
    checkPresence(type, method);
    if (!method.inherited()) {
      method
          .parameters()
          .forEach(parameter -> parameter.input().ifPresent(input -> checkDims(parameter, input)));
    }
  }

  private void checkPresence(ModuleClass type, ForwardMethod method) {
    boolean model = type.model().isPresent();
    if (model && method.parameters().isEmpty()) {
      problems.error(
          Code.NO_INPUT,
          method.inherited() ? type.element() : method.element(),
          new Message(
              type.name().simple() + " has nothing to compute from",
              "one Tensor parameter or more",
              method.signature(),
              "add the inputs as parameters with @Input"));
      return;
    }
    List<ForwardMethod.Parameter> without =
        method.parameters().stream().filter(parameter -> parameter.input().isEmpty()).toList();
    boolean partly = without.size() < method.parameters().size();
    if (method.inherited()) {
      if (model && !without.isEmpty()) {
        inherited(type, method, without);
      }
    } else if (model || partly) {
      without.stream()
          .filter(ForwardMethod.Parameter::tensor)
          .forEach(parameter -> missing(type, parameter, model));
    }
  }

  private void missing(ModuleClass type, ForwardMethod.Parameter parameter, boolean model) {
    problems.error(
        Code.INPUT_MISSING,
        parameter.element(),
        new Message(
            type.name().simple()
                + " cannot be traced, because the shape of '"
                + parameter.name()
                + "' is not declared",
            model
                ? "@Input on every parameter of a @Model's forward"
                : "@Input on all parameters of forward or on none",
            "none on Tensor " + parameter.name(),
            "add it, for example @Input({\"batch\", \"784\"}); a name is a size that varies"));
  }

  private void inherited(
      ModuleClass type, ForwardMethod method, List<ForwardMethod.Parameter> without) {
    List<String> names = without.stream().map(ForwardMethod.Parameter::name).toList();
    problems.error(
        Code.INPUT_MISSING,
        type.element(),
        new Message(
            type.name().simple()
                + " cannot be traced, because the inputs of inherited "
                + method.signature()
                + " are not declared",
            "@Input on every parameter of a @Model's forward",
            "none on " + String.join(", ", names),
            "add it there, or override forward here with @Forward and @Input"));
  }

  private void checkDims(ForwardMethod.Parameter parameter, ForwardMethod.Input input) {
    BigInteger elements = BigInteger.ONE;
    for (String dim : input.dims()) {
      if (dim.matches(SIZE)) {
        elements = elements.multiply(new BigInteger(dim));
        if (new BigInteger(dim).signum() == 0) {
          empty(parameter, input);
        }
      } else if (!dim.matches(SYMBOL)) {
        invalid(parameter, input, dim);
      }
    }
    boolean tooLong = input.dims().stream().anyMatch(InputCheck::isTooLong);
    if (tooLong || elements.compareTo(MOST_ELEMENTS) > 0) {
      problems.error(
          Code.INPUT_TOO_LARGE,
          parameter.element(),
          input.mirror(),
          new Message(
              "input '" + parameter.name() + "' is too large",
              "sizes below 10^" + MOST_DIGITS + " and fewer than 2^63 elements",
              "[" + String.join(", ", input.dims()) + "]",
              "correct the sizes, or name those that vary"));
    }
  }

  private static boolean isTooLong(String dim) {
    return dim.matches(SIZE) && dim.length() > MOST_DIGITS;
  }

  private void empty(ForwardMethod.Parameter parameter, ForwardMethod.Input input) {
    problems.warning(
        Code.EMPTY_INPUT,
        parameter.element(),
        input.mirror(),
        new Message(
            "input '" + parameter.name() + "' never has any elements",
            "sizes above 0",
            "\"0\"",
            "if the size varies, give it a name such as \"batch\""));
  }

  private void invalid(ForwardMethod.Parameter parameter, ForwardMethod.Input input, String dim) {
    boolean unknown = dim.matches("|[?*]|-[0-9]+");
    problems.error(
        Code.INPUT_DIM,
        parameter.element(),
        input.mirror(),
        new Message(
            "input '" + parameter.name() + "' has an invalid dim",
            "digits for a size, or a name of letters, digits and '_' for one that varies",
            "\"" + dim + "\"",
            unknown
                ? "give the size that varies a name, such as \"batch\""
                : "write each dim as a string of its own"));
  }

  void check(StrayInput stray) {
    problems.error(
        Code.INPUT_MISPLACED,
        stray.parameter(),
        stray.mirror(),
        new Message(
            "@Input has no effect on a parameter of " + stray.method(),
            "it on parameters of the @Forward method",
            "a method without @Forward",
            "remove it, or annotate the method with @Forward"));
  }
}
