package dev.sardonyx.models.golden;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/** The arguments of layers by name, which only the source has, and the defaults of options. */
final class LayerSources {
  private static final String PACKAGE = "dev.sardonyx.api.nn.";
  private static final Path FOLDER = Path.of("../api/src/main/java/dev/sardonyx/api/nn");
  private static final Pattern OPTIONS = Pattern.compile("UnaryOperator<(\\w+)>");

  private LayerSources() {}

  /** As {@code a, b, [c], d=1}: c may be left out, d is one of the options and 1 unless set. */
  static String arguments(Class<?> layer) {
    List<MethodTree> constructors = constructors(layer);
    Set<String> options = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>();
    constructors.stream()
        .sorted(Comparator.comparing(constructor -> -constructor.getParameters().size()))
        .flatMap(constructor -> constructor.getParameters().stream())
        .forEach(
            parameter ->
                options(parameter)
                    .ifPresentOrElse(
                        found -> options.addAll(fields(found)),
                        () -> names.add(parameter.getName().toString())));
    Set<String> taken = new LinkedHashSet<>();
    options.forEach(option -> taken.add(option.replaceFirst("=.*", "")));
    Stream<String> given =
        names.stream()
            .filter(name -> !taken.contains(name))
            .map(name -> isInAll(constructors, name) ? name : "[" + name + "]");
    return String.join(", ", Stream.concat(given, options.stream()).toList());
  }

  private static boolean isInAll(List<MethodTree> constructors, String name) {
    return constructors.stream()
        .allMatch(
            constructor ->
                constructor.getParameters().stream()
                    .anyMatch(parameter -> parameter.getName().contentEquals(name)));
  }

  private static Optional<String> options(VariableTree parameter) {
    Matcher options = OPTIONS.matcher(parameter.getType().toString());
    return options.matches() ? Optional.of(options.group(1)) : Optional.empty();
  }

  /** The components of an options record with its defaults. */
  private static List<String> fields(String options) {
    List<String> fields = new ArrayList<>();
    try {
      Class<?> type = Class.forName(PACKAGE + options);
      Object defaults = type.getMethod("defaults").invoke(null);
      for (RecordComponent component : type.getRecordComponents()) {
        fields.add(component.getName() + "=" + text(component.getAccessor().invoke(defaults)));
      }
    } catch (ReflectiveOperationException error) {
      throw new IllegalStateException(options + " must have a public method defaults()", error);
    }
    return fields;
  }

  private static String text(Object value) {
    return switch (value) {
      case null -> "none";
      case Optional<?> optional -> optional.map(LayerSources::text).orElse("none");
      case OptionalInt optional -> optional.isPresent() ? text(optional.getAsInt()) : "none";
      case OptionalDouble optional -> optional.isPresent() ? text(optional.getAsDouble()) : "none";
      case Double number -> number.toString().replaceAll("\\.0(E|$)", "$1").replace('E', 'e');
      case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
      default -> value.toString();
    };
  }

  private static List<MethodTree> constructors(Class<?> layer) {
    return parsed(FOLDER.resolve(layer.getSimpleName() + ".java")).getTypeDecls().stream()
        .filter(ClassTree.class::isInstance)
        .flatMap(type -> ((ClassTree) type).getMembers().stream())
        .filter(member -> member.getKind() == Tree.Kind.METHOD)
        .map(MethodTree.class::cast)
        .filter(method -> method.getName().contentEquals("<init>"))
        .filter(method -> method.getModifiers().getFlags().contains(Modifier.PUBLIC))
        .toList();
  }

  private static CompilationUnitTree parsed(Path file) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var task = compiler.getTask(null, files, null, null, null, files.getJavaFileObjects(file));
      return ((JavacTask) task).parse().iterator().next();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
