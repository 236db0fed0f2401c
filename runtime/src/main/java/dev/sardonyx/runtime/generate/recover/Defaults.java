package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.runtime.generate.model.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Leaves out the arguments that are as the library has them anyway. */
final class Defaults {
  private static final Map<String, Expression> OF_OPTIONS =
      Map.ofEntries(
          Map.entry("padding", Java.whole(0)),
          Map.entry("dilation", Java.whole(1)),
          Map.entry("outputPadding", Java.whole(0)),
          Map.entry("groups", Java.whole(1)),
          Map.entry("bias", Java.truth(true)),
          Map.entry("eps", Java.real(1e-5f)),
          Map.entry("ceilMode", Java.truth(false)),
          Map.entry("countIncludePad", Java.truth(true)),
          Map.entry("affine", Java.truth(false)),
          Map.entry("numLayers", Java.whole(1)),
          Map.entry("batchFirst", Java.truth(false)),
          Map.entry("bidirectional", Java.truth(false)));
  private static final Map<String, Expression> OF_LAST =
      Map.of(
          "Linear", Java.truth(true),
          "LeakyReLU", Java.real(0.01f),
          "ELU", Java.real(1),
          "PReLU", Java.whole(1));
  private static final Set<String> POOLS =
      Set.of(
          "MaxPool1d",
          "MaxPool2d",
          "MaxPool3d",
          "AvgPool1d",
          "AvgPool2d",
          "AvgPool3d",
          "maxPool1d",
          "maxPool2d",
          "maxPool3d",
          "avgPool1d",
          "avgPool2d",
          "avgPool3d");

  private Defaults() {}

  /** The same without what need not be said. */
  static Expression dropped(Expression given) {
    return switch (given) {
      case Expression.New(var type, var arguments) -> {
        List<Expression> kept = options(type.simpleName(), arguments, 0);
        Expression last = OF_LAST.get(type.simpleName());
        boolean usual = last != null && !kept.isEmpty() && last.equals(kept.getLast());
        yield new Expression.New(type, usual ? kept.subList(0, kept.size() - 1) : kept);
      }
      case Expression.StaticCall(var type, var method, var arguments) when POOLS.contains(method) ->
          new Expression.StaticCall(type, method, options(method, arguments, 1));
      default -> given;
    };
  }

  private static List<Expression> options(String name, List<Expression> arguments, int kernelAt) {
    if (arguments.isEmpty() || !(arguments.getLast() instanceof Expression.Options all)) {
      return arguments;
    }
    Expression kernel = arguments.get(kernelAt);
    Expression usualStride = POOLS.contains(name) ? kernel : Java.whole(1);
    List<Expression.Option> kept = new ArrayList<>();
    for (Expression.Option option : all.options()) {
      Expression usual =
          option.name().equals("stride") ? usualStride : OF_OPTIONS.get(option.name());
      if (option.arguments().size() != 1 || !option.arguments().getFirst().equals(usual)) {
        kept.add(option);
      }
    }
    List<Expression> result = new ArrayList<>(arguments.subList(0, arguments.size() - 1));
    // A kernel of several numbers is only taken together with options.
    boolean several = arguments.stream().anyMatch(Expression.StaticCall.class::isInstance);
    if (kept.isEmpty() && several) {
      kept.add(all.options().getFirst());
    }
    if (!kept.isEmpty()) {
      result.add(new Expression.Options(kept));
    }
    return result;
  }
}
