package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.model.GeneratedClass.ConstructorParameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The constructor parameters of a class: one for each number in which its modules differ, where
 * numbers that are always equal share one.
 */
final class Parameters {
  private static final String OUT = "outChannels";
  private static final String HIDDEN = "hiddenChannels";

  private static final class Parameter {
    private final String name;
    private final List<Optional<Expression>> values;

    Parameter(String name, List<Optional<Expression>> values) {
      this.name = name;
      this.values = new ArrayList<>(values);
    }

    /** Whether the values are the same wherever both are known; then it knows them all. */
    boolean takes(List<Optional<Expression>> others) {
      for (int i = 0; i < values.size(); i++) {
        Optional<Expression> other = others.get(i);
        if (values.get(i).isPresent() && other.isPresent() && !values.get(i).equals(other)) {
          return false;
        }
      }
      for (int i = 0; i < values.size(); i++) {
        if (values.get(i).isEmpty()) {
          values.set(i, others.get(i));
        }
      }
      return true;
    }
  }

  private final List<Parameter> parameters = new ArrayList<>();
  private final List<Optional<String>> names = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();

  Parameters(ClassGroup group, List<String> roles) {
    int count = roles.size();
    List<String> called = withHidden(group, roles);
    for (int place = 0; place < count; place++) {
      names.add(Optional.empty());
    }
    // Those that all modules have come first: what some are without is then known by them.
    for (boolean whole : new boolean[] {true, false}) {
      for (int place = 0; place < count; place++) {
        List<Optional<Expression>> values = group.at(place);
        boolean here = values.stream().allMatch(Optional::isPresent) == whole;
        boolean varies = values.stream().flatMap(Optional::stream).distinct().count() > 1;
        if (here && varies) {
          names.set(place, Optional.of(parameter(values, called.get(place), group, place)));
        }
      }
    }
  }

  /** Where channels vary at several places, all but those that come out last are hidden ones. */
  private static List<String> withHidden(ClassGroup group, List<String> roles) {
    List<Integer> outs = new ArrayList<>();
    for (int place = 0; place < roles.size(); place++) {
      List<Expression> known = group.at(place).stream().flatMap(Optional::stream).toList();
      boolean varies =
          known.size() == group.modules().size() && known.stream().distinct().count() > 1;
      if (varies && roles.get(place).equals(OUT)) {
        outs.add(place);
      }
    }
    List<String> result = new ArrayList<>(roles);
    for (int place : outs) {
      if (!group.at(place).equals(group.at(outs.getLast()))) {
        result.set(place, HIDDEN);
      }
    }
    return result;
  }

  private String parameter(
      List<Optional<Expression>> values, String role, ClassGroup group, int place) {
    for (Parameter parameter : parameters) {
      if (parameter.takes(values)) {
        return parameter.name;
      }
    }
    String owner = group.shape().owners().get(place);
    String longer = owner + Character.toUpperCase(role.charAt(0)) + role.substring(1);
    String name = taken.contains(role) ? longer : role;
    for (int i = 2; !taken.add(name); i++) {
      name = longer + i;
    }
    parameters.add(new Parameter(name, values));
    return name;
  }

  /** The parameter that stands at the place of a number; nothing where all have the same. */
  Optional<String> at(int place) {
    return names.get(place);
  }

  List<ConstructorParameter> all() {
    List<ConstructorParameter> result = new ArrayList<>();
    for (Parameter parameter : parameters) {
      Class<?> type = int.class;
      for (Expression value : parameter.values.stream().flatMap(Optional::stream).toList()) {
        type =
            switch (value) {
              case Expression.Real _ -> double.class;
              case Expression.Truth _ -> boolean.class;
              case Expression.Whole(long number) when number != (int) number -> long.class;
              default -> type;
            };
      }
      result.add(new ConstructorParameter(type, parameter.name));
    }
    return result;
  }

  /** What a module passes; where it has no such number any will do. */
  List<Expression> arguments(int module) {
    return parameters.stream()
        .map(
            parameter ->
                parameter
                    .values
                    .get(module)
                    .or(() -> parameter.values.stream().flatMap(Optional::stream).findFirst())
                    .orElseThrow())
        .toList();
  }
}
