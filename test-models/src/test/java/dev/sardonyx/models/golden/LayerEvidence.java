package dev.sardonyx.models.golden;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.trace.Trace;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the golden cases say of one layer.
 *
 * @param operators what its traces consist of, by ONNX's names
 * @param cases how many cases each test class has
 */
record LayerEvidence(Set<String> operators, Map<String, Integer> cases) {

  private LayerEvidence() {
    this(new TreeSet<>(), new TreeMap<>());
  }

  /** By the simple name of the layer's class: all themes, and {@link GoldenLayerTest}. */
  static Map<String, LayerEvidence> all() {
    Map<String, LayerEvidence> found = new TreeMap<>();
    for (TorchTheme theme : themes()) {
      theme
          .cases()
          .filter(name -> theme.subject(name).isLayer())
          .filter(name -> !isContainer(theme.subject(name).module()))
          .forEach(name -> add(found, theme, theme.subject(name).module(), theme.graph(name)));
    }
    GoldenLayerTest.all()
        .forEach(
            (name, layer) -> {
              UnaryModule module = layer.get();
              var type = Golden.of("layers/" + name).input(1).type();
              add(found, new GoldenLayerTest(), module, Trace.of(module, type).graph());
            });
    return found;
  }

  private static void add(
      Map<String, LayerEvidence> found, Object test, NnModule layer, Graph graph) {
    LayerEvidence row =
        found.computeIfAbsent(layer.getClass().getSimpleName(), absent -> new LayerEvidence());
    graph.nodes().forEach(node -> row.operators.add(node.op().name()));
    row.cases.merge(test.getClass().getSimpleName(), 1, Integer::sum);
  }

  /** One of each test class of a theme. */
  private static Set<TorchTheme> themes() {
    return new ClassFileImporter()
        .importPackages(LayerEvidence.class.getPackageName()).stream()
            .filter(type -> type.isAssignableTo(TorchTheme.class))
            .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
            .map(LayerEvidence::instance)
            .collect(Collectors.toSet());
  }

  private static TorchTheme instance(JavaClass type) {
    try {
      return (TorchTheme) type.reflect().getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException error) {
      throw new IllegalStateException(error);
    }
  }

  /** The containers, and how many of the reference models and of the theme's cases have each. */
  static Map<String, Integer> containers() {
    Map<String, Integer> found = new TreeMap<>();
    var theme = new ContainersTest();
    Stream.concat(
            GoldenModels.all().values().stream().map(Supplier::get),
            theme.cases().map(name -> theme.subject(name).module()))
        .forEach(
            model ->
                model.modules().stream()
                    .filter(LayerEvidence::isContainer)
                    .map(module -> module.getClass().getSimpleName())
                    .distinct()
                    .forEach(name -> found.merge(name, 1, Integer::sum)));
    return found;
  }

  private static boolean isContainer(NnModule module) {
    return module instanceof Iterable<?>;
  }
}
