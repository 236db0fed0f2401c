package dev.sardonyx.api.nn;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.NearestNames;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.Buffer;
import dev.sardonyx.api.tensor.Parameter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
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

  static Map<String, Parameter> parameters(NnModule root, boolean recurse) {
    return members(root, recurse, Structure::parameters);
  }

  static Map<String, Buffer> buffers(NnModule root, boolean recurse) {
    return members(root, recurse, Structure::buffers);
  }

  private static <T> Map<String, T> members(
      NnModule root, boolean recurse, Function<Structure, Map<String, T>> own) {
    Map<String, T> result = new LinkedHashMap<>();
    Set<T> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    (recurse ? modules(root) : Map.of("", root))
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

  /** Children first, as torch.nn.Module.apply; a module that is used twice is met twice. */
  static void apply(NnModule module, Consumer<? super NnModule> function) {
    module.children().forEach(child -> apply(child, function));
    function.accept(module);
  }

  /** The module of a dotted path. Errors: NOT_FOUND, saying what there is where the path ends. */
  static NnModule submodule(NnModule root, String path) {
    if (path.isEmpty()) {
      return root;
    }
    NnModule at = root;
    String walked = "";
    for (String name : path.split("\\.", -1)) {
      at = member(at, walked, name, "module", Structure::children);
      walked = join(walked, name);
    }
    return at;
  }

  /** The own member of the module that a dotted path leads to. Errors: as above. */
  static <T> T member(
      NnModule root, String path, String noun, Function<Structure, Map<String, T>> own) {
    int dot = path.lastIndexOf('.');
    String owner = path.substring(0, Math.max(0, dot));
    return member(submodule(root, owner), owner, path.substring(dot + 1), noun, own);
  }

  private static <T> T member(
      NnModule owner,
      String path,
      String name,
      String noun,
      Function<Structure, Map<String, T>> own) {
    Structure structure = owner.structure();
    Map<String, T> members = own.apply(structure);
    T found = members.get(name);
    if (found == null) {
      throw new SardonyxException(
          ErrorCode.NOT_FOUND,
          structure.typeName()
              + (path.isEmpty() ? "" : " at '" + path + "'")
              + " has no "
              + noun
              + " '"
              + name
              + "'"
              + NearestNames.hint(name, members.keySet())
              + "; it has "
              + members.keySet());
    }
    return found;
  }

  static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
