package dev.sardonyx.processor.write;

import dev.sardonyx.processor.model.ForwardMethod;
import dev.sardonyx.processor.model.ModuleClass;
import dev.sardonyx.processor.model.Output;
import dev.sardonyx.processor.model.Trait;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The bodies of a descriptor that come from forward. */
final class ForwardSource {
  private static final int WIDTH = 80;

  private final ModuleClass type;

  ForwardSource(ModuleClass type) {
    this.type = type;
  }

  boolean hasInputs() {
    return !values().isEmpty();
  }

  String inputs() {
    return "return " + list(values()) + ";";
  }

  private List<String> values() {
    return type.forward().stream()
        .flatMap(method -> method.parameters().stream())
        .flatMap(parameter -> parameter.input().map(input -> value(parameter, input)).stream())
        .toList();
  }

  private static String value(ForwardMethod.Parameter parameter, ForwardMethod.Input input) {
    // For a scalar, TensorType.of(dtype) alone would be ambiguous.
    String dims =
        input.dims().isEmpty()
            ? "new String[0]"
            : input.dims().stream().map(Literals::of).collect(Collectors.joining(", "));
    return "new Value(%s, TensorType.of(DType.%s, %s))"
        .formatted(Literals.of(parameter.name()), input.dtype(), dims);
  }

  String outputs() {
    List<String> names =
        type.forward()
            .map(ForwardMethod::outputNames)
            .orElse(type.is(Trait.UNARY) ? List.of("output") : List.of());
    return "return " + list(names.stream().map(Literals::of).toList()) + ";";
  }

  String call() {
    if (type.forward().isPresent()) {
      return call(type.forward().get());
    }
    return type.is(Trait.UNARY)
        ? "return List.of(module.forward(inputs.get(0)));"
        : DescriptorSource.refuse(type.name().nested() + " has no @Forward method");
  }

  private static String call(ForwardMethod method) {
    String arguments =
        IntStream.range(0, method.parameters().size())
            .mapToObj("inputs.get(%d)"::formatted)
            .collect(Collectors.joining(", "));
    String call = "module." + method.name() + "(" + arguments + ")";
    return method.output() instanceof Output.TensorRecord several
        ? "var result = " + call + ";\nreturn " + list(components(several)) + ";"
        : "return List.of(" + call + ");";
  }

  private static List<String> components(Output.TensorRecord several) {
    return several.components().stream()
        .map(component -> "result." + component.name() + "()")
        .toList();
  }

  private static String list(List<String> items) {
    String joined = String.join(", ", items);
    return joined.length() < WIDTH
        ? "List.of(" + joined + ")"
        : "List.of(\n    " + String.join(",\n    ", items) + ")";
  }
}
