package dev.sardonyx.models.golden;

import static dev.sardonyx.models.golden.TorchSubject.function;
import static dev.sardonyx.models.golden.TorchSubject.functions;

import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

class ElementwiseTest extends TorchTheme {
  ElementwiseTest() {
    super("elementwise");
    alone();
    arithmetic();
    comparisons();
    choices();
  }

  private void unary(String name, Function<Tensor, List<Tensor>> function) {
    add(name, () -> functions(in -> function.apply(in.getFirst())));
  }

  private void binary(String name, BiFunction<Tensor, Tensor, List<Tensor>> function) {
    add(name, () -> functions(in -> function.apply(in.get(0), in.get(1))));
  }

  private void alone() {
    for (String type : List.of("float32", "float64", "int64")) {
      unary(
          "functions_" + type,
          x ->
              List.of(
                  x.abs(),
                  x.neg(),
                  x.sign(),
                  x.floor(),
                  x.ceil(),
                  x.round(),
                  x.exp(),
                  x.sin(),
                  x.cos(),
                  x.tanh(),
                  x.sigmoid(),
                  x.square()));
    }
    for (String type : List.of("float32", "float64", "int32")) {
      unary("roots_" + type, x -> List.of(x.log(), x.sqrt(), x.rsqrt(), x.reciprocal()));
    }
    add("erf", () -> function(Tensor::erf));
  }

  private void arithmetic() {
    Stream.of(
            "broadcast",
            "int64_float32",
            "float32_float64",
            "int32_int64",
            "int64_scalar_float64",
            "float32_scalar_float64",
            "scalar_int64_int32")
        .forEach(
            types ->
                binary(
                    "arithmetic_" + types,
                    (a, b) ->
                        List.of(
                            a.add(b), a.sub(b), a.mul(b), a.div(b), a.maximum(b), a.minimum(b))));
    binary("arithmetic_int32_bool", (a, b) -> List.of(a.add(b), a.mul(b), b.add(a)));
    binary("arithmetic_bool", (a, b) -> List.of(a.add(b), a.mul(b)));
    for (String type : List.of("float32", "float64", "int64", "int32")) {
      unary(
          "numbers_" + type,
          x ->
              List.of(
                  x.add(2),
                  x.add(0.5),
                  x.sub(2),
                  x.rsub(3),
                  x.rsub(0.5),
                  x.mul(3),
                  x.mul(0.25),
                  x.div(2),
                  x.pow(2)));
    }
    unary("numbers_bool", x -> List.of(x.add(2), x.add(0.5), x.mul(3), x.div(2)));
    binary("pow_tensor", (a, b) -> List.of(a.pow(b)));
    binary("pow_int64", (a, b) -> List.of(a.pow(b)));
    unary("pow_fraction", x -> List.of(x.pow(0.5), x.pow(-1), x.pow(3)));
    unary("pow_int64_fraction", x -> List.of(x.pow(0.5)));
  }

  private void comparisons() {
    for (String types : List.of("float32", "int64_float32", "bool")) {
      binary(
          "compared_" + types,
          (a, b) -> List.of(a.eq(b), a.ne(b), a.lt(b), a.le(b), a.gt(b), a.ge(b)));
    }
    unary("compared_number", x -> compared(x, 1));
    unary("compared_int64_number", x -> compared(x, 0.5));
    for (String types : List.of("bool", "float32_int64")) {
      binary(
          "logic_" + types,
          (a, b) -> List.of(a.logicalAnd(b), a.logicalOr(b), a.logicalXor(b), a.logicalNot()));
    }
  }

  private static List<Tensor> compared(Tensor x, Number n) {
    return List.of(x.eq(n), x.ne(n), x.lt(n), x.le(n), x.gt(n), x.ge(n));
  }

  private void choices() {
    for (String name : List.of("where", "where_promoted")) {
      add(name, () -> functions(in -> List.of(Tensor.where(in.get(0), in.get(1), in.get(2)))));
    }
    unary("where_method", x -> List.of(x.where(x.gt(0), -1.0)));
    binary("masked_fill", (x, mask) -> List.of(x.maskedFill(mask, -1e9)));
    unary(
        "clamp",
        x -> List.of(x.clamp(-1, 0.5), x.clampMin(-0.5), x.clampMax(1), x.clamp(1, -1)));
    unary("clamp_int64", x -> List.of(x.clamp(-1, 2), x.clampMin(0), x.clamp(-1.5, 2)));
    for (String type : List.of("float32", "float64", "int64", "bool")) {
      unary(
          "cast_" + type,
          x ->
              Stream.of(DType.FLOAT64, DType.FLOAT32, DType.INT64, DType.INT32, DType.BOOL)
                  .map(x::to)
                  .toList());
    }
  }
}
