package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The sum of products of all operands over the axes that the output does not name: one term of the
 * equation for each operand, such as {@code bij,bjk->bik}. Source: ONNX Einsum.
 */
public record Einsum(String equation) implements MatrixOp {
  @Override
  public String name() {
    return "Einsum";
  }

  @Override
  public int sinceOpset() {
    return 12;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none().with("equation", Attribute.of(equation));
  }

  static Einsum read(Attributes attributes) {
    attributes.only("equation");
    if (!attributes.byName().containsKey("equation")) {
      throw new SardonyxException(ErrorCode.ARGUMENT, "Einsum: equation must be given");
    }
    return new Einsum(attributes.string("equation", ""));
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    EinsumEquation parsed = EinsumEquation.parse(equation);
    int count = parsed.inputs().size();
    in.requireCount(count, count);
    DType dtype = in.requireDType(0, "Inputs", Inputs.NUMBERS);
    int[] all = IntStream.range(0, count).toArray();
    in.sameDType(all);
    List<Shape> shapes =
        IntStream.of(all).mapToObj(i -> in.tensor(i, "operand " + i).shape()).toList();
    if (!shapes.stream().allMatch(Shape::isKnown)) {
      return List.of(new TensorType(dtype, Shape.unknown()));
    }
    var labels = parsed.labels(shapes.stream().map(Shape::rank).toList());
    Map<Integer, Dim> sizes = new HashMap<>();
    for (int i = 0; i < count; i++) {
      for (int axis = 0; axis < shapes.get(i).rank(); axis++) {
        merge(in, sizes, labels.inputs().get(i).get(axis), shapes.get(i).dim(axis));
      }
    }
    List<Dim> output = new ArrayList<>();
    for (int label : labels.output()) {
      output.add(sizes.getOrDefault(label, Dim.of(1)));
    }
    return List.of(new TensorType(dtype, Shape.of(output)));
  }

  /** Axes of one label have one size, or 1, which stretches. */
  private void merge(Inputs in, Map<Integer, Dim> sizes, int label, Dim dim) {
    Dim before = sizes.putIfAbsent(label, dim);
    if (before == null || before.sameAs(dim) || dim.equals(Dim.of(1))) {
      return;
    }
    if (before.isFixed() && dim.isFixed() && before.fixed() != 1) {
      throw in.shapeError(
          "axes of one letter must have one size in '"
              + equation
              + "' ("
              + before
              + " vs "
              + dim
              + ")");
    }
    boolean replace = before.equals(Dim.of(1)) || dim.isFixed();
    sizes.put(label, replace ? dim : before);
  }
}
