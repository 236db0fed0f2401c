package dev.sardonyx.runtime.generate.recover;

import static dev.sardonyx.runtime.generate.recover.Java.call;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Polynomial;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.generate.model.Expression;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Which values stand in which variables while a forward method is written. */
final class Variables {
  /** An expression that waits for the one that takes it. */
  private record Waiting(Expression value, String base, int depth) {}

  private final Facts facts;
  private final List<String> parameters;
  private final Map<String, String> variables = new HashMap<>();
  private final Map<String, String> contents = new LinkedHashMap<>();
  private final Map<String, Waiting> waiting = new HashMap<>();
  private final Map<String, String> aliases = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> counts = new HashMap<>();

  Variables(Facts facts, Map<String, String> inputs) {
    this.facts = facts;
    parameters = List.copyOf(inputs.values());
    inputs.forEach(this::assign);
    taken.addAll(inputs.values());
  }

  Collection<String> parameters() {
    return parameters;
  }

  String fresh(String hint) {
    String name = hint;
    while (!taken.add(name)) {
      name = hint + counts.merge(hint, 2, (count, two) -> count + 1);
    }
    return name;
  }

  void assign(String value, String variable) {
    contents.put(variable, value);
    variables.put(value, variable);
  }

  void inline(String value, Expression expression, String base, int depth) {
    waiting.put(value, new Waiting(expression, base, depth));
  }

  void alias(String value, String source) {
    aliases.put(value, source);
  }

  /** The value itself, or that which an alias stands for. */
  String source(String value) {
    String found = value;
    while (aliases.containsKey(found)) {
      found = aliases.get(found);
    }
    return found;
  }

  Expression value(String given) {
    String value = source(given);
    Waiting expression = waiting.get(value);
    return expression == null
        ? new Expression.Name(Objects.requireNonNull(variables.get(value), value))
        : expression.value();
  }

  int depth(String given) {
    Waiting expression = waiting.get(source(given));
    return expression == null ? 0 : expression.depth();
  }

  /** The variable that an expression goes on with. */
  String base(String given) {
    String value = source(given);
    Waiting expression = waiting.get(value);
    return expression == null ? variables.getOrDefault(value, "") : expression.base();
  }

  /** Whether nothing needs a variable after a place, if another value takes it. */
  boolean isDead(
      String variable, int at, Map<String, Integer> lastUses, SizeNeeds sizes, String next) {
    String value = contents.get(variable);
    return value != null && lastUses.getOrDefault(value, -1) <= at && !sizes.needs(value, next, at);
  }

  /** Whether a variable is that which a forward method goes on with, step after step. */
  boolean isMain(String variable) {
    return variable.equals("x")
        || variable.equals("out")
        || parameters.size() == 1 && parameters.contains(variable);
  }

  /** A dim as the size of a variable's, the near one first. Errors: UNSUPPORTED. */
  Expression dim(Dim dim, String near) {
    Optional<Expression> whole = size(dim, near);
    if (whole.isPresent()) {
      return whole.get();
    }
    return switch (dim) {
      case Dim.Fixed(long value) -> Java.dim(Java.whole(value));
      case Dim.Derived(Polynomial value) -> value.evaluate(new OfSizes(near));
      case Dim.Symbol _, Dim.Unknown _ ->
          throw new SardonyxException(
              ErrorCode.UNSUPPORTED,
              "no class can be generated: the size "
                  + dim
                  + " is that of none of the tensors at hand "
                  + contents.values());
    };
  }

  private Optional<Expression> size(Dim dim, String near) {
    String first = source(near);
    if (variables.containsKey(first) && first.equals(contents.get(variables.get(first)))) {
      Optional<Expression> found = sizeOf(dim, variables.get(first), first);
      if (found.isPresent()) {
        return found;
      }
    }
    return contents.entrySet().stream()
        .flatMap(entry -> sizeOf(dim, entry.getKey(), entry.getValue()).stream())
        .findFirst();
  }

  private Optional<Expression> sizeOf(Dim dim, String variable, String value) {
    Optional<TensorType> type = facts.ranked(value);
    for (int axis = 0; type.isPresent() && axis < type.get().rank(); axis++) {
      if (!dim.isFixed() && type.get().shape().dim(axis).sameAs(dim)) {
        return Optional.of(call(new Expression.Name(variable), "size", Java.whole(axis)));
      }
    }
    return Optional.empty();
  }

  /** Arithmetic of dims as the user writes it. */
  private final class OfSizes implements Polynomial.Arithmetic<Expression> {
    private final String near;

    OfSizes(String near) {
      this.near = near;
    }

    @Override
    public Expression constant(long value) {
      return Java.dim(Java.whole(value));
    }

    @Override
    public Expression symbol(String name) {
      Dim dim = new Dim.Symbol(name);
      return size(dim, near)
          .orElseThrow(
              () ->
                  new SardonyxException(
                      ErrorCode.UNSUPPORTED,
                      "no class can be generated: the size "
                          + name
                          + " is that of none of the tensors at hand "
                          + contents.values()));
    }

    @Override
    public Expression sum(Expression a, Expression b) {
      return call(a, "plus", b);
    }

    @Override
    public Expression product(Expression a, Expression b) {
      return call(a, "times", b);
    }

    @Override
    public Expression quotient(Expression a, long divisor) {
      return call(a, "floorDiv", Java.whole(divisor));
    }
  }
}
