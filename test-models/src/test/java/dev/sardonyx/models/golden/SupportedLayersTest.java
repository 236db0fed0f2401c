package dev.sardonyx.models.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.tensor.Tensor;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** SUPPORTED-LAYERS.md, which is made from the layers, their traces and their golden cases. */
class SupportedLayersTest {
  private static final Path FILE = Path.of("../SUPPORTED-LAYERS.md");
  private static final String TESTS =
      "test-models/src/test/java/dev/sardonyx/models/golden/";
  private static final String WRITE = "supported.write";
  private static final String COMMAND =
      "mvn test -pl test-models -am -Dinvoker.skip -Dtest=SupportedLayersTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -D"
          + WRITE;

  private static final Map<String, LayerEvidence> EVIDENCE = LayerEvidence.all();
  private static final Map<String, Integer> CONTAINERS = LayerEvidence.containers();

  /** Every public module class of torch.nn's names, containers included. */
  private static Map<String, Class<?>> layers() {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages(NnModule.class.getPackageName()).stream()
            .filter(type -> type.isAssignableTo(NnModule.class) && !type.isInterface())
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
            .collect(
                Collectors.toMap(
                    type -> type.getSimpleName(),
                    type -> type.reflect(),
                    (one, other) -> one,
                    TreeMap::new));
  }

  @Test
  void everyLayerHasAGoldenCase() {
    List<String> untested = new ArrayList<>(layers().keySet());
    untested.removeAll(EVIDENCE.keySet());
    untested.removeAll(CONTAINERS.keySet());
    assertThat(untested).as("layers without a golden case or reference model").isEmpty();
  }

  @Test
  void listIsWhatLayersAndCasesSay() throws IOException {
    String made = text();
    if (System.getProperty(WRITE) != null) {
      Files.writeString(FILE, made);
    }
    assertThat(Files.exists(FILE) ? Files.readString(FILE) : "")
        .as("SUPPORTED-LAYERS.md is stale; this writes it anew: " + COMMAND)
        .isEqualTo(made);
  }

  private static String text() {
    var text = new StringBuilder();
    text.append("# Supported layers\n\n");
    text.append("Generated from the layers, their traces and their golden cases; do not edit.\n");
    text.append("A test fails when this file is stale. This writes it anew:\n\n    ");
    text.append(COMMAND).append("\n\n");
    text.append("Every case was computed by PyTorch. Its print, its state_dict keys and its numbers (to 1e-5 of the\n");
    text.append("largest element) are compared with ours in eager mode, on the native engine and on ONNX Runtime.\n");
    appendLayers(text);
    appendContainers(text);
    appendMethods(text);
    appendLinks(text);
    return text.toString();
  }

  private static void appendLayers(StringBuilder text) {
    text.append("\n## Layers\n\n");
    text.append("Arguments are PyTorch's in camelCase. Those in brackets may be left out; those with a default are\n");
    text.append("options: `new Conv2d(3, 8, 3, o -> o.stride(2).padding(1))`.\n\n");
    text.append("| layer | arguments | exports to | cases |\n|---|---|---|---|\n");
    layers()
        .forEach(
            (name, type) -> {
              LayerEvidence row = EVIDENCE.get(name);
              if (row != null) {
                text.append("| `").append(name).append("` | ").append(LayerSources.arguments(type));
                text.append(" | ").append(String.join(", ", row.operators()));
                text.append(" | ").append(cases(row)).append(" |\n");
              }
            });
  }

  private static String cases(LayerEvidence row) {
    return row.cases().entrySet().stream()
        .map(entry -> entry.getValue() + " in [" + entry.getKey() + "]")
        .collect(Collectors.joining(", "));
  }

  /** The targets of the links in the table. */
  private static void appendLinks(StringBuilder text) {
    EVIDENCE.values().stream()
        .flatMap(row -> row.cases().keySet().stream())
        .distinct()
        .sorted()
        .forEach(test -> text.append("\n[" + test + "]: " + TESTS + test + ".java"));
    text.append("\n");
  }

  private static void appendContainers(StringBuilder text) {
    text.append("\n## Containers\n\n| container | in how many reference models and cases |\n|---|---|\n");
    CONTAINERS.forEach(
        (name, models) -> {
          if (layers().containsKey(name) && !EVIDENCE.containsKey(name)) {
            text.append("| `").append(name).append("` | ").append(models).append(" |\n");
          }
        });
  }

  private static void appendMethods(StringBuilder text) {
    text.append("\n## Functions and tensor methods\n\n| of | methods |\n|---|---|\n");
    List<Class<?>> themes = new ArrayList<>();
    for (Class<?> type = Functional.class; type != Object.class; type = type.getSuperclass()) {
      themes.addFirst(type);
    }
    themes.forEach(type -> appendMethods(text, "`Functional`, " + type.getSimpleName(), type));
    appendMethods(text, "`Tensor`", Tensor.class);
    for (Class<?> type : Tensor.class.getInterfaces()) {
      appendMethods(text, "`Tensor`, " + type.getSimpleName(), type);
    }
  }

  private static void appendMethods(StringBuilder text, String title, Class<?> type) {
    String names =
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
            .map(Method::getName)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    if (!names.isEmpty()) {
      text.append("| ").append(title).append(" | ").append(names).append(" |\n");
    }
  }
}
