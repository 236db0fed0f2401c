package dev.sardonyx.runtime.generate.recover;

import static dev.sardonyx.runtime.generate.recover.Java.call;

import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.model.GeneratedClass.Result;
import dev.sardonyx.runtime.generate.model.Statement;
import dev.sardonyx.runtime.generate.model.TypeName;
import dev.sardonyx.runtime.generate.recover.Step.LayerUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the forward method of a module: its statements, and which members they use. */
final class Body {
  private static final TypeName TENSOR = TypeName.of(Tensor.class);
  private static final TypeName VAR = new TypeName("", "var", List.of());
  private static final int DEEPEST = 3;

  private final Facts facts;
  private final String path;
  private final ModuleCall module;
  private final List<String> results;
  private final Set<String> without;
  private final String apart;
  private final Map<String, Member> members = new LinkedHashMap<>();
  private final FieldNames fields = new FieldNames();
  private final Variables variables;
  private final SizeNeeds sizes;
  private final Map<String, Integer> uses = new HashMap<>();
  private final Map<String, Integer> lastUses = new HashMap<>();
  private final Map<String, Integer> firstUses = new HashMap<>();
  private final Map<String, String> constantNames = new HashMap<>();
  private final List<Statement> statements = new ArrayList<>();
  private final List<Item> items = new ArrayList<>();

  /**
   * The body of a module.
   *
   * @param path the module's place in the state_dict, ending in a dot unless it is the model
   * @param inputs forward's parameters by the values that they are
   * @param without unary members that are to be left out: they give what they take
   * @param apart a member whose result gets a variable of its own, or nothing
   */
  Body(
      Facts facts,
      String path,
      ModuleCall module,
      Map<String, String> inputs,
      List<String> results,
      Set<String> without,
      String apart) {
    this.facts = facts;
    this.path = path;
    this.module = module;
    this.results = results;
    this.without = without;
    this.apart = apart;
    sizes = new SizeNeeds(facts);
    variables = new Variables(facts, inputs);
  }

  Draft draft(List<String> resultNames) {
    for (Item item : module.items()) {
      if (item instanceof ModuleCall inner && without.contains(inner.name())) {
        variables.alias(inner.outputs().getFirst(), inner.inputs().getFirst());
      } else {
        items.add(item);
      }
    }
    for (int i = 0; i < items.size(); i++) {
      for (String given : items.get(i).inputs()) {
        String input = variables.source(given);
        uses.merge(input, 1, Integer::sum);
        lastUses.put(input, i);
        firstUses.putIfAbsent(input, i);
      }
    }
    for (String given : results) {
      String result = variables.source(given);
      uses.merge(result, 1, Integer::sum);
      lastUses.put(result, items.size());
      firstUses.putIfAbsent(result, items.size());
    }
    for (int i = 0; i < items.size(); i++) {
      if (asksSizes(items.get(i))) {
        sizes.add(((Placed) items.get(i)).step(), i);
      }
    }
    for (int i = 0; i < items.size(); i++) {
      write(items.get(i), i);
    }
    List<Result> returned = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      returned.add(new Result(resultNames.get(i), tensor(results.get(i))));
    }
    return new Draft(members, List.copyOf(variables.parameters()), statements, returned);
  }

  private void write(Item item, int at) {
    switch (item) {
      case Placed placed when placed.layer().isPresent() -> {
        String name = placed.layer().get();
        LayerUse layer = placed.step().layer().orElseThrow();
        members.putIfAbsent(name, new Member.OfLibrary(layer));
        String kind = Placement.shortName(layer.value().type().simpleName());
        Expression value =
            call(fields.access(name, kind), "forward", tensor(placed.step().inputs().getFirst()));
        Expression result = layer.result().isEmpty() ? value : call(value, layer.result());
        boolean weighted = !layer.weights().isEmpty();
        give(placed, at, result, hint(placed, name, weighted), TENSOR, name.indexOf('.') < 0);
      }
      case Placed placed -> {
        Expression value = placed.step().code().orElseThrow().write(new Scoped());
        boolean listed = !placed.step().type().equals(TENSOR);
        give(placed, at, value, placed.step().hint(), placed.step().type(), !listed);
      }
      case ModuleCall inner -> callOf(inner, at);
    }
  }

  private void callOf(ModuleCall inner, int at) {
    members.putIfAbsent(inner.name(), new Member.OwnModule(inner));
    List<Expression> arguments = new ArrayList<>();
    inner.inputs().forEach(input -> arguments.add(tensor(input)));
    Expression value =
        new Expression.Call(fields.access(inner.name(), "block"), "forward", arguments);
    boolean inline = inner.name().indexOf('.') < 0;
    if (inner.name().equals(apart)) {
      String identity = variables.fresh("identity");
      variables.assign(inner.outputs().getFirst(), identity);
      statements.add(new Statement.Declare(TENSOR, identity, value));
      return;
    }
    if (inner.outputs().size() == 1) {
      give(inner, at, value, hint(inner, inner.name(), true), TENSOR, inline);
      return;
    }
    String local = variables.fresh("results");
    statements.add(new Statement.Declare(VAR, local, value));
    for (int i = 0; i < inner.outputs().size(); i++) {
      Expression part = call(new Expression.Name(local), Outputs.name(i));
      variables.inline(inner.outputs().get(i), part, local, 1);
    }
  }

  /** The result of a layer with weights is named after it, at the end of a chain it is out. */
  private String hint(Item item, String member, boolean weighted) {
    String last = member.substring(member.lastIndexOf('.') + 1);
    boolean speaks = Character.isLetter(last.charAt(0)) && last.length() > 2;
    boolean chained = item.inputs().stream().anyMatch(input -> variables.depth(input) > 0);
    return weighted && speaks && !chained ? Identifiers.variable(last) + "Out" : "out";
  }

  /** Keeps a value for the one expression that takes it next, or gives it a variable. */
  private void give(
      Item item, int at, Expression value, String hint, TypeName type, boolean mayInline) {
    String output = item.outputs().getFirst();
    int depth = 1 + item.inputs().stream().mapToInt(variables::depth).max().orElse(0);
    boolean next =
        uses.getOrDefault(output, 0) == 1 && firstUses.getOrDefault(output, -1) == at + 1;
    boolean named = next && at + 1 < items.size() && asksSizes(items.get(at + 1));
    boolean last = at + 1 == items.size();
    String base = item.inputs().isEmpty() ? "" : variables.base(item.inputs().getFirst());
    if (next && mayInline && !named && depth < DEEPEST + (last ? 1 : 0)) {
      variables.inline(output, value, base, depth);
      return;
    }
    boolean goesOn = item.inputs().size() == 1 || variables.isMain(base);
    boolean replaces =
        type.equals(TENSOR) && goesOn && variables.isDead(base, at, lastUses, sizes, output);
    if (replaces) {
      variables.assign(output, base);
      statements.add(new Statement.Assign(base, value));
    } else {
      String local = variables.fresh(hint);
      variables.assign(output, local);
      statements.add(new Statement.Declare(type, local, value));
    }
  }

  private static boolean asksSizes(Item item) {
    return item instanceof Placed placed
        && placed.layer().isEmpty()
        && placed.step().code().orElseThrow().asksSizes();
  }

  private Expression tensor(String value) {
    return facts.isConstant(value) ? constant(value) : variables.value(value);
  }

  /** A tensor of the module's own, under its name where it has one. */
  private Expression constant(String value) {
    DenseTensor tensor = facts.constant(value);
    boolean speaks = WeightNames.speaks(value);
    String name =
        constantNames.computeIfAbsent(
            value,
            key -> {
              String wanted = speaks ? nameOf(key) : "constant";
              String free = wanted;
              while (members.containsKey(free)) {
                free = wanted + (constantNames.size() + 1);
              }
              return free;
            });
    boolean parameter = speaks && tensor.dtype().isFloat();
    members.putIfAbsent(name, new Member.Bare(tensor, parameter));
    return fields.access(name, "constant");
  }

  private String nameOf(String value) {
    String below = value.startsWith(path) ? value.substring(path.length()) : value;
    return below.substring(below.lastIndexOf('.') + 1);
  }

  private final class Scoped implements Step.Names {
    @Override
    public Expression tensor(String value) {
      return Body.this.tensor(value);
    }

    @Override
    public Expression dim(dev.sardonyx.api.type.Dim dim, String near) {
      return variables.dim(dim, near);
    }
  }
}
