package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.tensor.DenseTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The modules of a model with their drafts, each once however often it is called. */
final class Modules {
  private final Facts facts;
  private final Graph graph;
  private final ModuleCall root;
  private final Map<ModuleCall, Draft> drafts = new IdentityHashMap<>();
  private final Map<ModuleCall, String> paths = new IdentityHashMap<>();
  private final List<ModuleCall> all = new ArrayList<>();

  Modules(Facts facts, Graph graph, ModuleCall root) {
    this.facts = facts;
    this.graph = graph;
    this.root = root;
    read(root, "");
  }

  /** Drafts from the innermost on; a call that does otherwise than the first is its own module. */
  private void read(ModuleCall module, String path) {
    paths.put(module, path);
    Map<String, ModuleCall> firsts = new HashMap<>();
    for (Item item : module.items()) {
      if (item instanceof ModuleCall inner) {
        ModuleCall first = firsts.get(inner.name());
        if (first == null) {
          firsts.put(inner.name(), inner);
          read(inner, path + inner.name() + ".");
        } else {
          paths.put(inner, path + inner.name() + ".");
          if (!isSame(first, inner, path + inner.name() + ".")) {
            String other = inner.call().replace('.', '_');
            for (int i = 2; firsts.containsKey(other); i++) {
              other = inner.call().replace('.', '_') + "_" + i;
            }
            inner.rename(other);
            firsts.put(other, inner);
            read(inner, path + other + ".");
          }
        }
      }
    }
    drafts.put(module, draft(module, path, Set.of(), ""));
    all.add(module);
  }

  private boolean isSame(ModuleCall first, ModuleCall second, String path) {
    boolean alike =
        first.inputs().size() == second.inputs().size()
            && first.outputs().size() == second.outputs().size()
            && first.items().size() == second.items().size();
    if (!alike) {
      return false;
    }
    for (int i = 0; i < first.items().size(); i++) {
      if (first.items().get(i) instanceof ModuleCall a) {
        boolean same =
            second.items().get(i) instanceof ModuleCall b
                && a.name().equals(b.name())
                && isSame(a, b, path + a.name() + ".");
        if (!same) {
          return false;
        }
      }
    }
    Draft one = draft(first, path, Set.of(), "");
    Draft other = draft(second, path, Set.of(), "");
    return one.statements().equals(other.statements())
        && one.results().equals(other.results())
        && one.members().keySet().equals(other.members().keySet())
        && one.members().entrySet().stream()
            .allMatch(
                entry ->
                    isSame(
                        entry.getValue(),
                        Objects.requireNonNull(other.members().get(entry.getKey()))));
  }

  private static boolean isSame(Member a, Member b) {
    return switch (a) {
      case Member.OfLibrary(var layer) ->
          b instanceof Member.OfLibrary(var other) && Placement.isSame(layer, other);
      case Member.Bare(var value, _) -> b instanceof Member.Bare(var other, _) && value == other;
      case Member.OwnModule _ -> b instanceof Member.OwnModule;
    };
  }

  /**
   * The draft of a module without some of its unary members, or with the result of one apart from
   * other expressions.
   */
  Draft draft(ModuleCall module, String path, Set<String> without, String apart) {
    Map<String, String> inputs = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    List<String> results = module.outputs();
    if (module == root) {
      List<String> taken = new ArrayList<>();
      for (Value input : graph.inputs()) {
        String name = Identifiers.variable(input.name());
        inputs.put(input.name(), free(name, taken));
      }
      results = graph.outputs().stream().map(Value::name).toList();
      for (Value output : graph.outputs()) {
        names.add(free(Identifiers.variable(output.name()), new ArrayList<>(names)));
      }
    } else {
      for (int i = 0; i < module.inputs().size(); i++) {
        inputs.put(module.inputs().get(i), i < 3 ? "xyz".substring(i, i + 1) : "x" + (i + 1));
      }
      for (int i = 0; i < results.size(); i++) {
        names.add(Outputs.name(i));
      }
    }
    return new Body(facts, path, module, inputs, results, without, apart).draft(names);
  }

  private static String free(String wanted, List<String> taken) {
    String name = wanted;
    for (int i = 2; taken.contains(name); i++) {
      name = wanted + i;
    }
    taken.add(name);
    return name;
  }

  /** All modules, each after those within it. */
  List<ModuleCall> all() {
    return all;
  }

  Draft draft(ModuleCall module) {
    return Objects.requireNonNull(drafts.get(module));
  }

  /** The place in the state_dict, with a dot at the end unless it is the model. */
  String path(ModuleCall module) {
    return Objects.requireNonNull(paths.get(module));
  }

  /**
   * Whether a module is a Sequential: its members have numbers for names and feed each other, each
   * once.
   */
  boolean isSequential(ModuleCall module) {
    Draft draft = draft(module);
    boolean unary = module.inputs().size() == 1 && module.outputs().size() == 1;
    if (module == root || !unary || draft.members().size() != module.items().size()) {
      return false;
    }
    int last = -1;
    for (Map.Entry<String, Member> member : draft.members().entrySet()) {
      boolean plain =
          switch (member.getValue()) {
            case Member.OfLibrary(var layer) -> layer.result().isEmpty();
            case Member.OwnModule(var inner) ->
                inner.inputs().size() == 1 && inner.outputs().size() == 1;
            case Member.Bare _ -> false;
          };
      Optional<Integer> number =
          FieldNames.isNumber(member.getKey())
              ? Optional.of(Integer.parseInt(member.getKey()))
              : Optional.empty();
      if (!plain || number.isEmpty() || number.get() <= last || number.get() > 1000) {
        return false;
      }
      last = number.get();
    }
    String value = module.inputs().getFirst();
    for (Item item : module.items()) {
      if (!item.inputs().equals(List.of(value))) {
        return false;
      }
      value = item.outputs().getFirst();
    }
    return module.outputs().equals(List.of(value));
  }

  /** What the state_dict holds, in the order of the fields. */
  Map<String, DenseTensor> state() {
    Map<String, DenseTensor> result = new LinkedHashMap<>();
    collect(root, "", result);
    return result;
  }

  private void collect(ModuleCall module, String path, Map<String, DenseTensor> result) {
    draft(module)
        .members()
        .forEach(
            (name, member) -> {
              switch (member) {
                case Member.OfLibrary(var layer) ->
                    layer
                        .weights()
                        .forEach((key, tensor) -> result.put(path + name + "." + key, tensor));
                case Member.Bare(var tensor, _) -> result.put(path + name, tensor);
                case Member.OwnModule(var inner) -> collect(inner, path + name + ".", result);
              }
            });
  }
}
