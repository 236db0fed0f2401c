package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Parameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Walks over modules in PyTorch's order: depth first, each instance once under its first name. */
final class ModuleTree {
  private ModuleTree() {}

  static Map<String, NnModule> modules(NnModule root) {
    Map<String, NnModule> result = new LinkedHashMap<>();
    collect(root, "", result, Collections.newSetFromMap(new IdentityHashMap<>()));
    return result;
  }

  private static void collect(
      NnModule module, String name, Map<String, NnModule> result, Set<NnModule> seen) {
    if (!seen.add(module)) {
      return;
    }
    result.put(name, module);
    module
        .structure()
        .children()
        .forEach((child, below) -> collect(below, join(name, child), result, seen));
  }

  static Map<String, Parameter> parameters(NnModule root) {
    return members(root, Structure::parameters);
  }

  static Map<String, Buffer> buffers(NnModule root) {
    return members(root, Structure::buffers);
  }

  private static <T> Map<String, T> members(
      NnModule root, Function<Structure, Map<String, T>> own) {
    Map<String, T> result = new LinkedHashMap<>();
    Set<T> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    modules(root)
        .forEach(
            (path, module) ->
                own.apply(module.structure())
                    .forEach(
                        (name, member) -> {
                          if (seen.add(member)) {
                            result.put(join(path, name), member);
                          }
                        }));
    return result;
  }

  static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Source: torch.nn.Module.__repr__. */
  static String describe(NnModule module) {
    Structure structure = module.structure();
    List<String> lines = new ArrayList<>();
    structure
        .children()
        .forEach((name, child) -> lines.add("(" + name + "): " + indent(describe(child))));
    String extra = module.extraRepr();
    String open = structure.typeName() + "(";
    if (lines.isEmpty()) {
      return open + extra + ")";
    }
    String head = extra.isEmpty() ? "" : "\n  " + extra;
    return open + head + "\n  " + String.join("\n  ", lines) + "\n)";
  }

  private static String indent(String text) {
    return text.replace("\n", "\n  ");
  }
}
