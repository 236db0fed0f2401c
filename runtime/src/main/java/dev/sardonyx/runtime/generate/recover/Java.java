package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.model.Expression.Call;
import dev.sardonyx.runtime.generate.model.Expression.New;
import dev.sardonyx.runtime.generate.model.Expression.Option;
import dev.sardonyx.runtime.generate.model.Expression.Options;
import dev.sardonyx.runtime.generate.model.Expression.Real;
import dev.sardonyx.runtime.generate.model.Expression.StaticCall;
import dev.sardonyx.runtime.generate.model.Expression.Truth;
import dev.sardonyx.runtime.generate.model.Expression.Whole;
import dev.sardonyx.runtime.generate.model.TypeName;
import java.util.ArrayList;
import java.util.List;

/** Shorthands for the expressions that models are made of. */
final class Java {
  private Java() {}

  static Call call(Expression receiver, String method, Expression... arguments) {
    return new Call(receiver, method, List.of(arguments));
  }

  static StaticCall functional(String method, Expression... arguments) {
    return new StaticCall(TypeName.of(Functional.class), method, List.of(arguments));
  }

  static New layer(Class<?> type, Expression... arguments) {
    return new New(TypeName.of(type), List.of(arguments));
  }

  static Whole whole(long value) {
    return new Whole(value);
  }

  static Truth truth(boolean value) {
    return new Truth(value);
  }

  /** A double that is the float again when it is rounded, with the fewest digits. */
  static Real real(float value) {
    return new Real(Double.parseDouble(Float.toString(value)));
  }

  static List<Expression> wholes(List<? extends Number> values) {
    List<Expression> result = new ArrayList<>();
    values.forEach(value -> result.add(whole(value.longValue())));
    return result;
  }

  /** Numbers of all axes: one where they are the same, as PyTorch takes them. */
  static List<Expression> tuple(List<Integer> values) {
    return wholes(
        values.stream().distinct().count() == 1 ? values.subList(0, 1) : List.copyOf(values));
  }

  static Option option(String name, Expression... arguments) {
    return new Option(name, List.of(arguments));
  }

  static Option option(String name, List<Expression> arguments) {
    return new Option(name, arguments);
  }

  static Options options(Option... options) {
    return new Options(List.of(options));
  }

  /** {@code List.of(elements)}. */
  static StaticCall list(List<Expression> elements) {
    return new StaticCall(TypeName.of(List.class), "of", elements);
  }

  /** {@code Dim.of(number)}. */
  static StaticCall dim(Expression number) {
    return new StaticCall(TypeName.of(Dim.class), "of", List.of(number));
  }
}
