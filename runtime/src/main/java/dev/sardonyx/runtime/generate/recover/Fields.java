package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.api.nn.Identity;
import dev.sardonyx.api.nn.ModuleDict;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.model.Field;
import dev.sardonyx.runtime.generate.model.TypeName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;

/** The fields of a class: its members, those with dots in their names in containers. */
final class Fields {
  private final Function<ModuleCall, Expression> modules;

  /** With what makes the modules that are members. */
  Fields(Function<ModuleCall, Expression> modules) {
    this.modules = modules;
  }

  List<Field> of(Draft draft) {
    Map<String, Map<String, Expression>> contained = new LinkedHashMap<>();
    Map<String, String> kinds = new LinkedHashMap<>();
    draft
        .members()
        .forEach(
            (name, member) -> {
              String first = FieldNames.first(name);
              String rest =
                  name.length() > first.length() ? name.substring(first.length() + 1) : "";
              kinds.putIfAbsent(first, kind(member));
              contained
                  .computeIfAbsent(first, key -> new LinkedHashMap<>())
                  .put(rest, made(member));
            });
    var names = new FieldNames();
    List<Field> result = new ArrayList<>();
    contained.forEach(
        (first, members) -> {
          Expression value = value(members);
          result.add(
              new Field(
                  names.of(first, Objects.requireNonNull(kinds.get(first))),
                  first,
                  type(value),
                  false,
                  value));
        });
    return result;
  }

  private static String kind(Member member) {
    return switch (member) {
      case Member.OfLibrary(var layer) -> Placement.shortName(layer.value().type().simpleName());
      case Member.OwnModule _ -> "block";
      case Member.Bare _ -> "constant";
    };
  }

  private Expression made(Member member) {
    return switch (member) {
      case Member.OfLibrary(var layer) -> layer.value();
      case Member.OwnModule(var inner) -> modules.apply(inner);
      case Member.Bare(var tensor, var parameter) -> {
        List<Expression> arguments = new ArrayList<>();
        if (tensor.dtype() != DType.FLOAT32) {
          arguments.add(new Expression.Constant(TypeName.of(DType.class), tensor.dtype().name()));
        }
        arguments.addAll(Java.wholes(LongStream.of(tensor.shape().sizes()).boxed().toList()));
        Expression zeros = new Expression.StaticCall(TypeName.of(Tensor.class), "zeros", arguments);
        yield Java.layer(parameter ? Parameter.class : Buffer.class, zeros);
      }
    };
  }

  static TypeName type(Expression value) {
    return value instanceof Expression.New(var type, _) ? type : TypeName.of(UnaryModule.class);
  }

  /** The one member, or a container of those behind the dot. */
  private static Expression value(Map<String, Expression> members) {
    Expression own = members.get("");
    if (own != null) {
      return own;
    }
    Map<String, Map<String, Expression>> parts = new LinkedHashMap<>();
    members.forEach(
        (name, value) -> {
          String first = FieldNames.first(name);
          String rest = name.length() > first.length() ? name.substring(first.length() + 1) : "";
          parts.computeIfAbsent(first, key -> new LinkedHashMap<>()).put(rest, value);
        });
    Map<String, Expression> values = new LinkedHashMap<>();
    parts.forEach((name, below) -> values.put(name, value(below)));
    boolean numbered = values.keySet().stream().allMatch(FieldNames::isNumber);
    List<Expression> elements = numbered ? numbered(values) : entries(values);
    Class<?> container = numbered ? ModuleList.class : ModuleDict.class;
    List<TypeName> types =
        (numbered ? elements : values.values()).stream().map(Fields::type).distinct().toList();
    TypeName element = types.size() == 1 ? types.getFirst() : TypeName.of(UnaryModule.class);
    return new Expression.New(TypeName.of(container).with(element), elements);
  }

  /** In order; numbers that are left out stand for modules that do nothing. */
  private static List<Expression> numbered(Map<String, Expression> values) {
    Map<Integer, Expression> sorted = new TreeMap<>();
    values.forEach((name, value) -> sorted.put(Integer.parseInt(name), value));
    List<Expression> result = new ArrayList<>();
    sorted.forEach(
        (number, value) -> {
          while (result.size() < number) {
            result.add(Java.layer(Identity.class));
          }
          result.add(value);
        });
    return result;
  }

  private static List<Expression> entries(Map<String, Expression> values) {
    List<Expression> result = new ArrayList<>();
    values.forEach(
        (name, value) ->
            result.add(
                new Expression.StaticCall(
                    TypeName.of(Map.class), "entry", List.of(new Expression.Text(name), value))));
    return result;
  }

  /** A Sequential of a draft's members. */
  Expression sequential(Draft draft) {
    Map<String, Expression> values = new LinkedHashMap<>();
    draft.members().forEach((name, member) -> values.put(name, made(member)));
    return new Expression.New(TypeName.of(Sequential.class), numbered(values));
  }
}
