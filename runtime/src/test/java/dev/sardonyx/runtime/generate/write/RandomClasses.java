package dev.sardonyx.runtime.generate.write;

import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.TransformerEncoderLayer;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.model.Field;
import dev.sardonyx.runtime.generate.model.ForwardInput;
import dev.sardonyx.runtime.generate.model.GeneratedClass;
import dev.sardonyx.runtime.generate.model.GeneratedClass.ConstructorParameter;
import dev.sardonyx.runtime.generate.model.Statement;
import dev.sardonyx.runtime.generate.model.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Classes that no compiler would take, but whose layout has every case and every length. */
final class RandomClasses {
  private static final List<String> FIELDS =
      List.of("conv1", "bn1", "relu", "fc", "layer1", "attention", "intermediateDense", "x");
  private static final List<String> LOCALS =
      List.of("x", "y", "out", "hidden", "attentionMask", "identity");
  private static final List<String> PARAMETERS =
      List.of("inChannels", "channels", "stride", "kernelSize", "expansionOfTheHidden");
  private static final List<List<String>> DIMS =
      List.of(
          List.of(),
          List.of("batch", "3", "224"),
          List.of("batch", "sequence_length_of_the_text", "64"),
          List.of(
              "batch_of_the_images_that_are_given",
              "sequence_length_of_the_text_of_the_document",
              "64",
              "another_very_long_dim_indeed"));

  private final Random random;

  RandomClasses(long seed) {
    random = new Random(seed);
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  GeneratedClass next(String name) {
    List<ConstructorParameter> parameters = new ArrayList<>();
    if (oneIn(2)) {
      PARAMETERS.stream()
          .filter(_ -> !oneIn(3))
          .forEach(parameter -> parameters.add(new ConstructorParameter(int.class, parameter)));
    }
    List<Field> fields = new ArrayList<>();
    FIELDS.stream()
        .filter(_ -> !oneIn(4))
        .forEach(
            field -> fields.add(new Field(field, oneIn(4) ? "0" : field, type(), false, layer(2))));
    List<ForwardInput> inputs = new ArrayList<>();
    for (String input : List.of("x", "mask", "tokenTypeIds").subList(0, 1 + random.nextInt(3))) {
      var declared =
          new ForwardInput.InputType(one(DIMS), one(List.of(DType.FLOAT32, DType.INT64)));
      inputs.add(new ForwardInput(input, oneIn(4) ? Optional.empty() : Optional.of(declared)));
    }
    List<Statement> statements = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      statements.add(statement());
    }
    List<GeneratedClass.Result> results = new ArrayList<>();
    for (int i = 0; i < (oneIn(3) ? 4 : 1); i++) {
      String result = one(List.of("logits", "features", "lastHiddenState"));
      results.add(new GeneratedClass.Result(result + i, tensor(3)));
    }
    String doc = "Some words " + "about it and more of them ".repeat(random.nextInt(8)) + "here.";
    return new GeneratedClass(name, doc, parameters, fields, inputs, statements, results);
  }

  private TypeName type() {
    TypeName block = TypeName.generated("BasicBlock");
    return one(
        List.of(
            block,
            TypeName.of(Conv2d.class),
            TypeName.of(Linear.class),
            TypeName.of(TransformerEncoderLayer.class),
            TypeName.of(ModuleList.class).with(block)));
  }

  private Statement statement() {
    return switch (random.nextInt(4)) {
      case 0 -> new Statement.Declare(TypeName.of(Tensor.class), one(LOCALS), tensor(4));
      case 1 ->
          new Statement.If(
              new Expression.Binary(new Expression.FieldName("relu"), "!=", new Expression.Null()),
              List.of(new Statement.Assign("x", tensor(3))));
      case 2 ->
          new Statement.ForEach(
              TypeName.generated("BasicBlock"),
              "block",
              new Expression.FieldName("layer1"),
              List.of(new Statement.Assign("x", tensor(4))));
      default -> new Statement.Assign(one(LOCALS), tensor(5));
    };
  }

  private Expression layer(int depth) {
    if (depth > 0 && oneIn(3)) {
      List<Expression> layers = new ArrayList<>();
      for (int i = random.nextInt(5); i >= 0; i--) {
        layers.add(layer(depth - 1));
      }
      return new Expression.New(TypeName.of(Sequential.class), layers);
    }
    if (oneIn(6)) {
      return new Expression.Conditional(
          new Expression.Binary(new Expression.Name("stride"), "==", new Expression.Whole(1)),
          new Expression.Null(),
          layer(depth - 1));
    }
    List<Expression> arguments = numbers(1 + random.nextInt(3), 1);
    if (oneIn(2)) {
      List<Expression.Option> options = new ArrayList<>();
      for (int i = random.nextInt(5); i >= 0; i--) {
        String name = one(List.of("stride", "padding", "bias", "groups", "dilation"));
        options.add(new Expression.Option(name, numbers(1 + random.nextInt(2), 0)));
      }
      arguments.add(new Expression.Options(options));
    }
    return new Expression.New(type(), arguments);
  }

  private List<Expression> numbers(int count, int depth) {
    List<Expression> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(number(depth));
    }
    return numbers;
  }

  private Expression number(int depth) {
    Expression plain =
        one(
            List.of(
                new Expression.Whole(random.nextInt(3000)),
                new Expression.Whole(-1),
                new Expression.Whole(7_000_000_000L),
                new Expression.Real(random.nextInt(100) / 16.0),
                new Expression.Real(1e-12),
                new Expression.Truth(oneIn(2)),
                new Expression.Text("a \"word\"\n"),
                new Expression.Name(one(PARAMETERS)),
                new Expression.Constant(TypeName.of(DType.class), "INT64")));
    if (depth == 0 || !oneIn(3)) {
      return plain;
    }
    return switch (random.nextInt(4)) {
      case 0 ->
          new Expression.Binary(
              number(depth - 1), one(List.of("*", "+", "-", "==")), number(depth - 1));
      case 1 ->
          new Expression.Array(
              one(List.of(int.class, long.class, float.class)),
              numbers(1 + random.nextInt(oneIn(4) ? 30 : 4), 0));
      case 2 ->
          new Expression.Conditional(
              new Expression.Binary(plain, "==", new Expression.Whole(1)),
              number(depth - 1),
              number(depth - 1));
      default ->
          new Expression.Call(
              new Expression.Name(one(LOCALS)), "size", List.of(new Expression.Whole(1)));
    };
  }

  private Expression tensor(int depth) {
    Expression local = new Expression.Name(one(LOCALS));
    Expression field = new Expression.FieldName(one(FIELDS));
    if (depth == 0 || oneIn(8)) {
      return local;
    }
    return switch (random.nextInt(7)) {
      case 0, 1, 2 -> new Expression.Call(field, "forward", List.of(tensor(depth - 1)));
      case 3, 4 ->
          new Expression.Call(
              tensor(depth - 1),
              one(List.of("add", "mul", "matmul", "reshape", "transpose", "permute")),
              mixed(random.nextInt(4), depth - 1));
      case 5 ->
          new Expression.StaticCall(
              TypeName.of(oneIn(2) ? Functional.class : Tensor.class),
              one(List.of("relu", "softmax", "adaptiveAvgPool2d", "stack")),
              mixed(1 + random.nextInt(3), depth - 1));
      default ->
          new Expression.Call(
              new Expression.Call(field, one(List.of("weight", "bias")), List.of()),
              one(List.of("t", "narrow")),
              mixed(random.nextInt(3), depth - 1));
    };
  }

  private List<Expression> mixed(int count, int depth) {
    List<Expression> arguments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      arguments.add(oneIn(3) ? number(1) : tensor(depth));
    }
    return arguments;
  }
}
