package dev.sardonyx.processor.write;

import dev.sardonyx.processor.model.Member;
import dev.sardonyx.processor.model.ModuleClass;
import dev.sardonyx.processor.model.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The source of one descriptor. */
final class DescriptorSource {
  private static final String GENERATOR = "dev.sardonyx.processor.SardonyxProcessor";

  private static final int WIDTH = 101;

  private final ModuleClass type;
  private final ForwardSource forward;
  private final boolean marksGenerated;
  private final TreeSet<String> imports;
  private final String model;

  /**
   * @param marksGenerated whether the compiled module can see the annotation Generated
   */
  DescriptorSource(ModuleClass type, boolean marksGenerated) {
    this.type = type;
    this.forward = new ForwardSource(type);
    this.marksGenerated = marksGenerated;
    this.imports = imports();
    this.model = reference();
  }

  private TreeSet<String> imports() {
    var names =
        new TreeSet<>(
            List.of(
                "dev.sardonyx.api.error.SourceLocation",
                "dev.sardonyx.api.graph.Value",
                "dev.sardonyx.api.nn.ModelDescriptor",
                "dev.sardonyx.api.nn.Structure",
                "dev.sardonyx.api.tensor.Tensor",
                "java.util.List",
                "java.util.Optional"));
    if (forward.hasInputs()) {
      names.add("dev.sardonyx.api.type.DType");
      names.add("dev.sardonyx.api.type.TensorType");
    }
    if (marksGenerated) {
      names.add("javax.annotation.processing.Generated");
    }
    return names;
  }

  /** The class's name; the full one where an import has taken the simple one. */
  private String reference() {
    String outermost = type.name().simpleNames().getFirst();
    boolean taken = imports.stream().anyMatch(name -> name.endsWith("." + outermost));
    return taken ? type.name().canonical() : type.name().nested();
  }

  String text() {
    return """
    %s%s

    /** What the compiler knows of {@link %s}. Written by Sardonyx; do not edit. */
    %spublic final class %s implements ModelDescriptor<%s> {

      public %s() {}

    %s
    %s
    %s
    %s
    %s
    %s
    %s
    %s}
    """
        .formatted(
            packageLine(),
            imports.stream().map("import %s;"::formatted).collect(Collectors.joining("\n")),
            model,
            annotations(),
            type.name().descriptorSimple(),
            model,
            type.name().descriptorSimple(),
            method("Class<" + model + "> type()", "return " + model + ".class;"),
            method("Optional<String> registeredName()", registeredName()),
            method(model + " create()", create()),
            method("Structure structure(" + model + " module)", structure()),
            method("List<Value> inputs()", forward.inputs()),
            method("List<String> outputs()", forward.outputs()),
            method(
                "List<Tensor> forward(" + model + " module, List<Tensor> inputs)", forward.call()),
            method("SourceLocation source()", source()));
  }

  private String source() {
    return "return new SourceLocation(%s, %d);"
        .formatted(Literals.of(type.sourceFile()), type.sourceLine());
  }

  /** On one line where it fits, so that a descriptor is seen at a glance. */
  private static String method(String header, String body) {
    String line = "  @Override public " + header + " { " + body + " }\n";
    return line.length() <= WIDTH && !body.contains("\n")
        ? line
        : "  @Override public " + header + " {\n" + body.indent(4) + "  }\n";
  }

  private String packageLine() {
    String name = type.name().packageName();
    return name.isEmpty() ? "" : "package " + name + ";\n\n";
  }

  private String annotations() {
    String generated = marksGenerated ? "@Generated(\"" + GENERATOR + "\")\n" : "";
    List<String> warnings = new ArrayList<>();
    if (type.is(Trait.GENERIC)) {
      warnings.add("\"rawtypes\"");
    }
    if (type.is(Trait.DEPRECATED)) {
      warnings.add("\"deprecation\"");
      warnings.add("\"removal\"");
    }
    return warnings.isEmpty()
        ? generated
        : generated + "@SuppressWarnings({" + String.join(", ", warnings) + "})\n";
  }

  private String registeredName() {
    return type.registeredName()
        .map(name -> "return Optional.of(" + Literals.of(name) + ");")
        .orElse("return Optional.empty();");
  }

  private String create() {
    return type.model().isPresent()
        ? "return new " + model + "();"
        : refuse(type.name().nested() + " is not registered: it has no @Model");
  }

  static String refuse(String reason) {
    return "throw new UnsupportedOperationException(" + Literals.of(reason) + ");";
  }

  private String structure() {
    if (type.handWrittenStructure().isPresent()) {
      return "return module.structure();";
    }
    String open = "return Structure.of(" + Literals.of(type.typeName()) + ")";
    List<String> calls = type.layers().stream().map(DescriptorSource::add).toList();
    return calls.isEmpty() ? open + ";" : open + "\n    " + Rows.of(calls, "\n    ") + ";";
  }

  private static String add(Member member) {
    return ".add(" + Literals.of(member.name()) + ", " + member.access() + ")";
  }
}
