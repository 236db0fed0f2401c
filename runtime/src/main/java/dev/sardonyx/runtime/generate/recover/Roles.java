package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.runtime.generate.model.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the numbers that layers are made with are called. */
final class Roles {
  private static final Map<String, List<String>> OF_LAYERS =
      Map.ofEntries(
          Map.entry("Conv", List.of("inChannels", "outChannels", "kernelSize")),
          Map.entry("ConvTranspose", List.of("inChannels", "outChannels", "kernelSize")),
          Map.entry("Linear", List.of("inFeatures", "outFeatures", "bias")),
          Map.entry("BatchNorm", List.of("features")),
          Map.entry("LayerNorm", List.of("features")),
          Map.entry("Embedding", List.of("entries", "features")),
          Map.entry("MaxPool", List.of("kernelSize")),
          Map.entry("AvgPool", List.of("kernelSize")),
          Map.entry("LSTM", List.of("inputSize", "hiddenSize")),
          Map.entry("GRU", List.of("inputSize", "hiddenSize")),
          Map.entry("RNN", List.of("inputSize", "hiddenSize")));

  private final Map<String, List<String>> ofClasses;

  /** With the constructor parameters of the classes so far. */
  Roles(Map<String, List<String>> ofClasses) {
    this.ofClasses = ofClasses;
  }

  /** The roles of all numbers in an expression, in the order in which they are rewritten. */
  List<String> of(Expression expression) {
    List<String> result = new ArrayList<>();
    collect(expression, "size", result);
    return result;
  }

  private void collect(Expression expression, String role, List<String> result) {
    if (ClassShape.isNumber(expression)) {
      result.add(role);
      return;
    }
    switch (expression) {
      case Expression.New(var type, var arguments) -> {
        String plain = type.simpleName().replaceFirst("[123]d$", "");
        List<String> names =
            ofClasses.getOrDefault(type.simpleName(), OF_LAYERS.getOrDefault(plain, List.of()));
        for (int i = 0; i < arguments.size(); i++) {
          collect(arguments.get(i), i < names.size() ? names.get(i) : "size", result);
        }
      }
      case Expression.Options(var options) ->
          options.forEach(
              option ->
                  option.arguments().forEach(argument -> collect(argument, option.name(), result)));
      case Expression.StaticCall(_, _, var arguments) ->
          arguments.forEach(argument -> collect(argument, role, result));
      case Expression.Call(var receiver, _, var arguments) -> {
        collect(receiver, role, result);
        arguments.forEach(argument -> collect(argument, role, result));
      }
      case Expression.Array(_, var elements) ->
          elements.forEach(element -> collect(element, role, result));
      case Expression.Binary(var left, _, var right) -> {
        collect(left, role, result);
        collect(right, role, result);
      }
      case Expression.Conditional(var condition, var then, var otherwise) -> {
        collect(condition, role, result);
        collect(then, role, result);
        collect(otherwise, role, result);
      }
      case Expression.Whole _,
          Expression.Real _,
          Expression.Truth _,
          Expression.Text _,
          Expression.Null _,
          Expression.Name _,
          Expression.FieldName _,
          Expression.Constant _ -> {}
    }
  }
}
