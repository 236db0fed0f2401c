package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The call of a module within calls of modules.
 *
 * @param calls what tells the calls apart, outermost first: a second call of relu is relu_1
 * @param modules the names of the modules that are called, each below the one before; a dot stands
 *     for a container that is not called itself: {@code layer.0} of a ModuleList
 * @param isKnown whether the file says so
 */
record Scope(List<String> calls, List<String> modules, boolean isKnown) {
  private static final int DEEPEST = 100;
  private static final Pattern AGAIN = Pattern.compile("(.+)_[0-9]+");

  Scope {
    calls = List.copyOf(calls);
    modules = List.copyOf(modules);
  }

  static Scope unknown() {
    return new Scope(List.of(), List.of(), false);
  }

  static Scope of(List<String> modules) {
    return new Scope(modules, modules, true);
  }

  Scope parent() {
    return new Scope(
        calls.subList(0, calls.size() - 1), modules.subList(0, modules.size() - 1), isKnown);
  }

  boolean isRoot() {
    return calls.isEmpty();
  }

  String last() {
    return modules.getLast();
  }

  /** The dotted path of the module. */
  String path() {
    return String.join(".", modules);
  }

  /** What tells this call from all others. */
  String key() {
    return String.join("/", calls);
  }

  /** Reads the scopes of a graph's nodes. */
  static final class Reader {
    private final Set<String> all = new HashSet<>();

    Reader(Graph graph) {
      for (Node node : graph.nodes()) {
        List<String> parts = parts(node);
        for (int length = 1; length <= parts.size(); length++) {
          all.add(String.join("/", parts.subList(0, length)));
        }
      }
    }

    /** The scope of a node: by what a trace recorded, else by PyTorch's name for it. */
    Scope of(Node node) {
      if (!node.origin().module().isEmpty()) {
        return Scope.of(split(node.origin().module()));
      }
      List<String> parts = parts(node);
      if (parts.isEmpty()) {
        return node.name().startsWith("/") ? Scope.of(List.of()) : unknown();
      }
      List<String> modules = new ArrayList<>();
      String above = "";
      for (int i = 0; i < parts.size(); i++) {
        String part = first(parts.subList(0, i), parts.get(i));
        modules.add(part.startsWith(above + ".") ? part.substring(above.length() + 1) : part);
        above = part;
      }
      return new Scope(parts, modules, true);
    }

    /** The name of a module whose second call is marked by a number. */
    private String first(List<String> above, String part) {
      Matcher again = AGAIN.matcher(part);
      if (!again.matches()) {
        return part;
      }
      String prefix = above.isEmpty() ? "" : String.join("/", above) + "/";
      return all.contains(prefix + again.group(1)) ? again.group(1) : part;
    }

    private static List<String> parts(Node node) {
      if (!node.name().startsWith("/")) {
        return List.of();
      }
      List<String> parts = new ArrayList<>(List.of(node.name().substring(1).split("/", -1)));
      parts.removeLast(); // the operator itself
      parts.removeIf(String::isEmpty);
      return parts.subList(0, Math.min(DEEPEST, parts.size()));
    }
  }

  static List<String> split(String path) {
    List<String> parts = List.of(path.split("\\.", -1));
    return parts.subList(0, Math.min(DEEPEST, parts.size()));
  }
}
