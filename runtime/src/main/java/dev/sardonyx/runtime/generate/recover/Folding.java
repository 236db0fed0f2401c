package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.api.graph.Graph;
import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.model.Field;
import dev.sardonyx.runtime.generate.model.ForwardInput;
import dev.sardonyx.runtime.generate.model.GeneratedClass;
import dev.sardonyx.runtime.generate.model.GeneratedClass.ConstructorParameter;
import dev.sardonyx.runtime.generate.model.GeneratedClass.Result;
import dev.sardonyx.runtime.generate.model.GeneratedModel;
import dev.sardonyx.runtime.generate.model.Statement;
import dev.sardonyx.runtime.generate.model.TypeName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Folds modules that are built alike into one class with parameters. */
final class Folding {
  private static final int MOST_OPTIONAL = 16;
  private static final int FEWEST_ROWS = 3;

  private final Modules modules;
  private final Graph graph;
  private final String rootName;
  private final Map<ModuleCall, Integer> heights = new IdentityHashMap<>();
  private final Map<ModuleCall, Expression> made = new IdentityHashMap<>();
  private final Map<String, List<String>> parametersOf = new HashMap<>();
  private final List<GeneratedClass> classes = new ArrayList<>();
  private final ClassNames names;

  Folding(Modules modules, Graph graph, String rootName) {
    this.modules = modules;
    this.graph = graph;
    this.rootName = rootName;
    names = new ClassNames(rootName, parametersOf);
  }

  GeneratedModel fold() {
    ModuleCall root = modules.all().getLast();
    Map<Integer, List<ModuleCall>> byHeight = new TreeMap<>();
    for (ModuleCall module : modules.all()) {
      heights.put(module, height(module));
      if (module != root && !modules.isSequential(module)) {
        byHeight.computeIfAbsent(heights.get(module), key -> new ArrayList<>()).add(module);
      }
    }
    foldRows();
    byHeight.values().forEach(this::foldLevel);
    ClassShape shape = shape(root, Set.of());
    classes.add(Finish.of(rootClass(shape)));
    return new GeneratedModel(classes, modules.state());
  }

  /** Rows of layers that come again and again under numbers are a class, too. */
  private void foldRows() {
    Map<String, ClassGroup> groups = new LinkedHashMap<>();
    for (ModuleCall module : modules.all()) {
      Draft draft = modules.draft(module);
      boolean row =
          modules.isSequential(module)
              && FieldNames.isNumber(module.name())
              && draft.members().size() > 1
              && draft.members().values().stream().allMatch(Member.OfLibrary.class::isInstance);
      if (row) {
        ClassShape shape = shape(module, Set.of());
        groups
            .computeIfAbsent(shape.text(), key -> new ClassGroup(shape))
            .add(module, shape.numbers());
      }
    }
    groups.values().stream()
        .filter(group -> group.modules().size() >= FEWEST_ROWS)
        .forEach(group -> finish(group, names.ofRow(group)));
  }

  private int height(ModuleCall module) {
    int below = 0;
    for (Member member : modules.draft(module).members().values()) {
      below =
          Math.max(
              below,
              member instanceof Member.OwnModule(var inner)
                  ? Objects.requireNonNull(heights.get(inner))
                  : 0);
    }
    return modules.isSequential(module) ? below : below + 1;
  }

  private ClassShape shape(ModuleCall module, Set<String> without) {
    Draft draft =
        without.isEmpty()
            ? modules.draft(module)
            : modules.draft(module, modules.path(module), without, "");
    return ClassShape.of(draft, new Fields(this::made).of(draft));
  }

  /** What makes a member: a library layer, a Sequential, or a class that was folded before. */
  private Expression made(ModuleCall module) {
    Expression before = made.get(module);
    if (before != null) {
      return before;
    }
    Expression sequential = new Fields(this::made).sequential(modules.draft(module));
    made.put(module, sequential);
    return sequential;
  }

  private void foldLevel(List<ModuleCall> level) {
    Map<String, ClassGroup> groups = new LinkedHashMap<>();
    for (ModuleCall module : level) {
      ClassShape shape = shape(module, Set.of());
      groups
          .computeIfAbsent(shape.text(), key -> new ClassGroup(shape))
          .add(module, shape.numbers());
    }
    mergeOptional(groups);
    for (ClassGroup group : groups.values()) {
      ModuleCall first = group.modules().getFirst();
      finish(group, names.of(group, List.of(modules.path(first).split("\\."))));
    }
  }

  /**
   * Modules that are as others but for one member, which gives what it takes, are of their class.
   */
  private void mergeOptional(Map<String, ClassGroup> groups) {
    for (String text : List.copyOf(groups.keySet())) {
      ClassGroup group = groups.get(text);
      if (group == null || groups.size() < 2) {
        continue;
      }
      ModuleCall first = group.modules().getFirst();
      List<ModuleCall> candidates =
          first.items().stream()
              .filter(item -> item.inputs().size() == 1 && item.outputs().size() == 1)
              .filter(ModuleCall.class::isInstance)
              .map(ModuleCall.class::cast)
              .limit(MOST_OPTIONAL)
              .toList();
      for (ModuleCall candidate : candidates) {
        if (candidate.name().indexOf('.') >= 0 || group.optional().isPresent()) {
          continue;
        }
        String shorter = shape(first, Set.of(candidate.name())).text();
        ClassGroup others = groups.get(shorter);
        if (others != null && others != group && others.optional().isEmpty()) {
          group.addWithout(fieldName(group, candidate.name()), others);
          groups.remove(shorter);
        }
      }
    }
  }

  private static String fieldName(ClassGroup group, String torchName) {
    return group.shape().fields().stream()
        .filter(field -> field.torchName().equals(torchName))
        .findFirst()
        .orElseThrow()
        .name();
  }

  private void finish(ClassGroup group, String name) {
    ClassShape shape = group.shape();
    var roles = new Roles(parametersOf);
    List<String> all = new ArrayList<>();
    shape.fields().forEach(field -> all.addAll(roles.of(field.value())));
    var parameters = new Parameters(group, all);
    List<ConstructorParameter> constructor = new ArrayList<>(parameters.all());
    Optional<String> optional = group.optional();
    optional.ifPresent(field -> constructor.add(new ConstructorParameter(boolean.class, field)));
    List<Field> fields = new ArrayList<>();
    int[] place = new int[1];
    for (Field field : shape.fields()) {
      Expression value = Rewrite.of(field.value(), part -> named(part, parameters, place));
      fields.add(
          optional.filter(field.name()::equals).isPresent()
              ? nullable(field, value)
              : with(field, value));
    }
    UnaryOperator<Expression> change =
        part -> optional.isPresent() ? guarded(part, optional.get()) : part;
    Draft draft = optional.isPresent() ? apart(group, optional.get()) : shape.draft();
    List<Statement> statements = Rewrite.statements(draft.statements(), change);
    List<Result> results = Rewrite.results(draft.results(), change);
    parametersOf.put(name, constructor.stream().map(ConstructorParameter::name).toList());
    classes.add(
        Finish.of(
            new GeneratedClass(
                name,
                Docs.of(shape, group, modules),
                constructor,
                fields,
                shape.draft().inputs().stream()
                    .map(input -> new ForwardInput(input, Optional.empty()))
                    .toList(),
                statements,
                results)));
    for (int i = 0; i < group.modules().size(); i++) {
      List<Expression> arguments = new ArrayList<>(parameters.arguments(i));
      if (optional.isPresent()) {
        arguments.add(Java.truth(group.isWhole(group.modules().get(i))));
      }
      made.put(group.modules().get(i), new Expression.New(TypeName.generated(name), arguments));
    }
  }

  /** Written so that what the optional member gives has a variable. */
  private Draft apart(ClassGroup group, String field) {
    ModuleCall first = group.modules().getFirst();
    String name =
        group.shape().fields().stream()
            .filter(each -> each.name().equals(field))
            .findFirst()
            .orElseThrow()
            .torchName();
    return modules.draft(first, modules.path(first), Set.of(), name);
  }

  private static Expression named(Expression part, Parameters parameters, int[] place) {
    if (!ClassShape.isNumber(part)) {
      return part;
    }
    Optional<String> parameter = parameters.at(place[0]++);
    return parameter.isPresent() ? new Expression.Name(parameter.get()) : part;
  }

  private static Field with(Field field, Expression value) {
    return new Field(field.name(), field.torchName(), field.type(), false, value);
  }

  private static Field nullable(Field field, Expression value) {
    Expression made =
        new Expression.Conditional(new Expression.Name(field.name()), value, new Expression.Null());
    return new Field(field.name(), field.torchName(), field.type(), true, made);
  }

  /** {@code downsample == null ? x : downsample.forward(x)}. */
  private static Expression guarded(Expression part, String field) {
    boolean called =
        part instanceof Expression.Call(Expression.FieldName(var name), var method, _)
            && name.equals(field)
            && method.equals("forward");
    return called
        ? new Expression.Conditional(
            new Expression.Binary(new Expression.FieldName(field), "==", new Expression.Null()),
            ((Expression.Call) part).arguments().getFirst(),
            part)
        : part;
  }

  private GeneratedClass rootClass(ClassShape shape) {
    return new GeneratedClass(
        rootName,
        Docs.ofRoot(graph),
        List.of(),
        shape.fields(),
        InputTypes.of(graph, shape.draft().inputs()),
        shape.draft().statements(),
        shape.draft().results());
  }
}
