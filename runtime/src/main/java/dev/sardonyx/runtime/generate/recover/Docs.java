package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.api.graph.Graph;
import java.util.List;
import java.util.stream.Collectors;

/** What the Javadoc of generated classes says. */
final class Docs {
  private static final int MOST_NAMED = 3;

  private Docs() {}

  /** Where the class stands in the model. */
  static String of(ClassShape shape, ClassGroup group, Modules modules) {
    List<String> paths =
        group.modules().stream()
            .map(modules::path)
            .map(path -> path.substring(0, path.length() - 1))
            .toList();
    String shown = paths.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    int more = paths.size() - MOST_NAMED;
    boolean gives = shape.draft().results().size() > 1;
    return (paths.size() > 1 ? "The modules " : "The module ")
        + shown
        + (more > 0 ? " and " + more + " more" : "")
        + (gives ? ", which gives " + shape.draft().results().size() + " tensors" : "")
        + ".";
  }

  static String ofRoot(Graph graph) {
    String results =
        graph.outputs().stream().map(Object::toString).collect(Collectors.joining(", "));
    return "Gives " + results + ".";
  }
}
