package dev.sardonyx.runtime.generate.write;

import dev.sardonyx.api.nn.Forward;
import dev.sardonyx.api.nn.Input;
import dev.sardonyx.api.nn.Model;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.model.ForwardInput;
import dev.sardonyx.runtime.generate.model.GeneratedClass;
import dev.sardonyx.runtime.generate.model.TypeName;
import dev.sardonyx.runtime.generate.write.Layout.Fill;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes one class. */
final class ClassWriter {
  private static final int MEMBER = 2;
  private static final int STATEMENT = 4;
  private static final int MORE = 4;

  /** The record of several results. */
  private static final String OUTPUTS = "Outputs";

  private final GeneratedClass type;
  private final boolean isModel;
  private final Names names;

  ClassWriter(GeneratedClass type, boolean isModel, Names names) {
    this.type = type;
    this.isModel = isModel;
    this.names = names;
  }

  /** The declaration from its Javadoc on; the names that it needs are known then. */
  String write(String doc) {
    var text = new StringBuilder(Javadoc.of(doc, 0));
    if (isModel) {
      text.append("@").append(names.of(Model.class)).append('\n');
    }
    Class<?> kind = type.isUnary() ? UnaryModule.class : NnModule.class;
    text.append(
        new Layout(0)
            .text("public final class " + type.name())
            .open(MORE)
            .lineEnd(Fill.TOGETHER, " ")
            .text("implements " + names.of(kind) + " {")
            .close()
            .lines());
    List<String> members = new ArrayList<>();
    String fields = new FieldWriter(type, names).write();
    if (!fields.isEmpty()) {
      members.add(fields);
    }
    if (!type.parameters().isEmpty()) {
      members.add(constructor());
    }
    if (!type.isUnary() && type.results().size() > 1) {
      members.add(record());
    }
    members.add(forward());
    return text.append(String.join("\n", members)).append("}\n").toString();
  }

  private String constructor() {
    List<String> parameters =
        type.parameters().stream()
            .map(parameter -> parameter.type().getTypeName() + " " + parameter.name())
            .toList();
    String assignments = new FieldWriter(type, names).writeAssignments();
    String before = "public " + type.name() + "(";
    return assignments.isEmpty()
        ? header(before, parameters, ") {}")
        : header(before, parameters, ") {") + assignments + "  }\n";
  }

  private String record() {
    String tensor = names.of(Tensor.class);
    List<String> components =
        type.results().stream().map(result -> tensor + " " + result.name()).toList();
    return header("public record " + OUTPUTS + "(", components, ") {}");
  }

  private static String header(String before, List<String> parameters, String after) {
    var layout = new Layout(MEMBER).text(before).open(MORE).lineEnd(Fill.ONE_BY_ONE, "").open(0);
    for (int i = 0; i < parameters.size(); i++) {
      if (i > 0) {
        layout.text(",").lineEnd(Fill.TOGETHER, " ");
      }
      layout.text(parameters.get(i));
    }
    return layout.close().text(after).close().lines();
  }

  private String forward() {
    var text = new StringBuilder("  @" + names.of(Forward.class) + "\n");
    text.append(type.isUnary() ? "  @Override\n" : "");
    String result = type.results().size() == 1 ? names.of(Tensor.class) : OUTPUTS;
    var layout = new Layout(MEMBER).text("public " + result + " forward(");
    layout.open(MORE).lineEnd(Fill.ONE_BY_ONE, "").open(0);
    for (int i = 0; i < type.inputs().size(); i++) {
      if (i > 0) {
        layout.text(",").lineEnd(Fill.TOGETHER, " ");
      }
      input(type.inputs().get(i), layout);
    }
    text.append(layout.close().text(") {").close().lines());
    Set<String> inputs = type.inputs().stream().map(ForwardInput::name).collect(Collectors.toSet());
    var statements = new StatementWriter(names, inputs);
    text.append(statements.write(type.statements(), STATEMENT));
    text.append(statements.writeReturn(result(), STATEMENT));
    return text.append("  }\n").toString();
  }

  private Expression result() {
    List<Expression> values = type.results().stream().map(GeneratedClass.Result::value).toList();
    return values.size() == 1
        ? values.getFirst()
        : new Expression.New(TypeName.generated(OUTPUTS), values);
  }

  private void input(ForwardInput input, Layout layout) {
    String declaration = names.of(Tensor.class) + " " + input.name();
    if (input.type().isEmpty()) {
      layout.text(declaration);
      return;
    }
    ForwardInput.InputType declared = input.type().get();
    String annotation = "@" + names.of(Input.class) + "(";
    layout.open(MORE).text(annotation);
    if (declared.dtype() == DType.FLOAT32) {
      layout.text("{");
      dims(declared.dims(), layout);
      layout.text(")");
    } else {
      layout.open(MORE).lineEnd(Fill.TOGETHER, "").text("value = {");
      dims(declared.dims(), layout);
      String constant = names.of(DType.class) + "." + declared.dtype().name();
      layout.text(",").lineEnd(Fill.ALWAYS, " ").text("dtype = " + constant + ")").close();
    }
    layout.lineEnd(Fill.TOGETHER, " ").text(declaration).close();
  }

  private static void dims(List<String> dims, Layout layout) {
    List<String> texts = dims.stream().map(Literals::of).toList();
    if (texts.isEmpty()) {
      layout.text("}");
      return;
    }
    boolean isShort = texts.stream().allMatch(text -> text.length() < ExpressionWriter.SHORT);
    layout.open(2).lineEnd(Fill.TOGETHER, "");
    if (isShort) {
      layout.open(0);
    }
    for (int i = 0; i < texts.size(); i++) {
      if (i > 0) {
        layout.text(",").lineEnd(isShort ? Fill.ONE_BY_ONE : Fill.TOGETHER, " ");
      }
      layout.text(texts.get(i));
    }
    if (isShort) {
      layout.close();
    }
    layout.lineEnd(Fill.TOGETHER, "", -2, new Layout.Mark()).close().text("}");
  }
}
