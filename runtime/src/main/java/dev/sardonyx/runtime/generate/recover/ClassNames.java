package dev.sardonyx.runtime.generate.recover;

import dev.sardonyx.api.nn.Layer;
import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.model.Field;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names of classes: after the field that holds them, else after what they are built like. */
final class ClassNames {
  /** Simple names that a generated class would hide or be confused with. */
  private static final Set<String> OTHERS =
      Set.of(
          "Layer",
          "Model",
          "Input",
          "Forward",
          "Tensor",
          "Dim",
          "Index",
          "Parameter",
          "Buffer",
          "Functional",
          "Sequential",
          "Module",
          "ModuleList",
          "ModuleDict",
          "Object",
          "String",
          "List",
          "Map",
          "Math",
          "Override",
          "Record",
          "Outputs",
          "Identity",
          "Embedding",
          "Linear",
          "Dropout",
          "Flatten",
          "Upsample",
          "Softmax",
          "Bilinear",
          "Activation",
          "Loss",
          "Padding",
          "Structure",
          "DType",
          "Shape");

  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> convolutionsOf = new HashMap<>();
  private final Map<String, List<String>> parametersOf;

  /** A name for the class of modules that are layers in a row: ConvBNReLU6. */
  String ofRow(ClassGroup group) {
    var name = new StringBuilder();
    for (Field field : group.shape().fields()) {
      String plain = field.type().simpleName().replaceFirst("[123]d$", "");
      name.append(plain.equals("BatchNorm") ? "BN" : plain);
    }
    String free = free(name.toString());
    convolutionsOf.put(free, name.indexOf("Conv") < 0 ? 0 : 1);
    return free;
  }

  /**
   * No names yet.
   *
   * @param parametersOf the constructor parameters of the classes so far
   */
  ClassNames(String root, Map<String, List<String>> parametersOf) {
    this.parametersOf = parametersOf;
    taken.add(root);
  }

  /** A name for the class of these modules. */
  String of(ClassGroup group, List<String> path) {
    String wanted = isNumbered(path) ? byRole(group) : "";
    wanted = wanted.isEmpty() ? byPath(path) : wanted;
    String plain = wanted.replaceFirst("[0-9]+$", "");
    wanted = group.modules().size() > 1 && !plain.isEmpty() ? plain : wanted;
    return free(OTHERS.contains(wanted) ? wanted + "Block" : wanted);
  }

  private String free(String wanted) {
    String name = wanted;
    for (int i = 2; !taken.add(name); i++) {
      name = wanted + i;
    }
    return name;
  }

  private static boolean isNumbered(List<String> path) {
    return FieldNames.isNumber(path.getLast());
  }

  /** The last name that is no number: of a container in the singular, with its owner's name. */
  private static String byPath(List<String> path) {
    if (!isNumbered(path)) {
      boolean itself = path.getLast().equals("self") && path.size() > 1;
      String last = Identifiers.type(path.getLast());
      return itself ? last + Identifiers.type(path.get(path.size() - 2)) : last;
    }
    int at = path.size() - 1;
    while (at > 0 && FieldNames.isNumber(path.get(at))) {
      at--;
    }
    String container = path.get(at);
    if (FieldNames.isNumber(container)) {
      return "Block";
    }
    boolean plural = container.length() > 3 && container.endsWith("s") && !container.endsWith("ss");
    String one = plural ? container.substring(0, container.length() - 1) : container;
    String name = Identifiers.type(one);
    boolean plain = one.toLowerCase(Locale.ROOT).matches("layer|block|[a-z]+[0-9]+");
    String owner = at > 0 ? Identifiers.type(path.get(at - 1)) : "";
    if (plain && !owner.isEmpty() && !FieldNames.isNumber(path.get(at - 1))) {
      return owner + name;
    }
    boolean numbered = one.matches(".*[0-9]");
    return numbered || name.equals(Layer.class.getSimpleName()) || name.equals("Feature")
        ? "Block"
        : name;
  }

  private static boolean isResidual(ClassGroup group) {
    boolean[] adds = new boolean[1];
    group
        .shape()
        .draft()
        .statements()
        .forEach(statement -> Rewrite.of(statement, part -> noted(part, adds)));
    group
        .shape()
        .draft()
        .results()
        .forEach(result -> Rewrite.of(result.value(), part -> noted(part, adds)));
    return adds[0];
  }

  private static Expression noted(Expression part, boolean[] adds) {
    adds[0] |= part instanceof Expression.Call(_, var method, _) && method.equals("add");
    return part;
  }

  /**
   * As torchvision calls them: two convolutions a basic block, three a bottleneck; what attends a
   * layer.
   */
  private String byRole(ClassGroup group) {
    int convolutions = 0;
    boolean depthwise = false;
    for (Field field : group.shape().fields()) {
      boolean optional = group.optional().filter(field.name()::equals).isPresent();
      boolean shortcut = field.name().matches("downsample|shortcut|identity");
      if (!optional && !shortcut) {
        int[] count = new int[2];
        Rewrite.of(field.value(), part -> counted(part, count));
        convolutions += count[0];
        depthwise |= count[1] > 0;
      }
    }
    if (convolutions >= 2 && depthwise) {
      return "InvertedResidual";
    }
    boolean attends =
        group.shape().fields().stream()
            .anyMatch(field -> field.type().simpleName().matches(".*(Attn|Attention).*"));
    if (attends) {
      return "EncoderLayer";
    }
    boolean residual = isResidual(group);
    return residual && convolutions == 2
        ? "BasicBlock"
        : residual && convolutions == 3 ? "Bottleneck" : "";
  }

  private Expression counted(Expression part, int[] count) {
    if (part instanceof Expression.New(var type, var arguments)) {
      String name = type.simpleName();
      if (convolutionsOf.containsKey(name)) {
        List<String> parameters = parametersOf.getOrDefault(name, List.of());
        count[0] += convolutionsOf.get(name);
        count[1] += isDepthwise(at(arguments, parameters, "groups"), arguments.getFirst()) ? 1 : 0;
      } else if (type.packageName().length() > 0 && name.startsWith("Conv")) {
        count[0]++;
        count[1] += isDepthwise(groups(arguments.getLast()), arguments.getFirst()) ? 1 : 0;
      }
    }
    return part;
  }

  private static Expression at(List<Expression> arguments, List<String> names, String name) {
    int index = names.indexOf(name);
    return index < 0 ? Java.whole(1) : arguments.get(index);
  }

  private static Expression groups(Expression options) {
    return options instanceof Expression.Options(var all)
        ? all.stream()
            .filter(option -> option.name().equals("groups"))
            .findFirst()
            .map(option -> option.arguments().getFirst())
            .orElse(Java.whole(1))
        : Java.whole(1);
  }

  /** Whether each channel has a kernel of its own. */
  private static boolean isDepthwise(Expression groups, Expression channels) {
    return groups.equals(channels) && !groups.equals(Java.whole(1));
  }
}
