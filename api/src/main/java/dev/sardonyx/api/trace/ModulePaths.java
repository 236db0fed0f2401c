package dev.sardonyx.api.trace;

import dev.sardonyx.api.nn.NnModule;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Knows which module's forward is running. Library layers and containers say when they are entered;
 * a user's module does not, so an operation in its forward is told by the stack: it belongs to the
 * last module of that class below which a layer ran. What it cannot tell: a second module of one
 * class, called by user code, that computes before its first layer; that counts to the first.
 */
final class ModulePaths {
  private final Map<Object, String> pathOf = new IdentityHashMap<>();
  private final Map<String, Set<String>> classesOf = new HashMap<>();
  private final Set<String> userClasses;
  private final Deque<String> entered = new ArrayDeque<>();
  private final Deque<Object> modules = new ArrayDeque<>();
  private String lastLeaf = "";

  ModulePaths(NnModule root) {
    root.namedModules()
        .forEach(
            (path, module) -> {
              pathOf.put(module, path);
              classesOf.put(path, userClasses(module));
            });
    userClasses = classesOf.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    entered.push("");
  }

  /** The class of a user's module and those it extends: forward may be any one's. */
  private static Set<String> userClasses(NnModule module) {
    Set<String> names = new HashSet<>();
    for (Class<?> type = module.getClass();
        type != null && type != Object.class && type != Record.class;
        type = type.getSuperclass()) {
      if (!type.getName().startsWith("dev.sardonyx.api.")) {
        names.add(type.getName());
      }
    }
    return names;
  }

  private boolean isOf(String path, String className) {
    return classesOf.getOrDefault(path, Set.of()).contains(className);
  }

  /** The path of a module of the model. */
  Optional<String> pathOf(Object module) {
    return Optional.ofNullable(pathOf.get(module));
  }

  String enter(Object module) {
    String path = pathOf.getOrDefault(module, entered.peek());
    entered.push(path);
    modules.push(module);
    lastLeaf = path;
    return path;
  }

  void leave() {
    entered.pop();
    modules.pop();
  }

  /** Whether this very module was entered last and not left. */
  boolean isInnermost(Object module) {
    return modules.peek() == module;
  }

  /** The path of the module whose code records now. */
  String current() {
    String innermost = entered.peek();
    boolean libraryLayer = classesOf.getOrDefault(innermost, Set.of()).isEmpty();
    if (libraryLayer && !innermost.isEmpty()) {
      return innermost;
    }
    return runningUserClass()
        .flatMap(name -> nearest(lastLeaf, name).or(() -> onlyBelow(innermost, name)))
        .orElse(innermost);
  }

  private Optional<String> runningUserClass() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .map(StackWalker.StackFrame::getClassName)
                    .filter(userClasses::contains)
                    .findFirst());
  }

  /** The path of the nearest module of a class from a path upwards. */
  private Optional<String> nearest(String from, String className) {
    for (String path = from; ; path = path.substring(0, Math.max(0, path.lastIndexOf('.')))) {
      if (isOf(path, className)) {
        return Optional.of(path);
      }
      if (path.isEmpty()) {
        return Optional.empty();
      }
    }
  }

  /** The path of the module of a class below a path, if there is no other. */
  private Optional<String> onlyBelow(String above, String className) {
    String prefix = above.isEmpty() ? "" : above + ".";
    List<String> found =
        classesOf.keySet().stream()
            .filter(path -> path.startsWith(prefix) && isOf(path, className))
            .toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }
}
