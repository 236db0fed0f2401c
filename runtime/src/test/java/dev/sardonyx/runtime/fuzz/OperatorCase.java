package dev.sardonyx.runtime.fuzz;

import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Random attributes and inputs of one operator, extremes among them. */
final class OperatorCase {
  private static final long[] EXTREMES = {
    Long.MIN_VALUE,
    Long.MIN_VALUE + 1,
    Long.MAX_VALUE,
    Long.MAX_VALUE / 2,
    1L << 32,
    (1L << 31) - 1,
    1L << 31,
    -(1L << 31),
    1L << 62,
    1_000_000_000_000L,
    65_536,
    1000
  };

  private static final float[] FLOATS = {
    0, -0f, 1, -1, 0.5f, 2, 3.7f, 1e-38f, 1e30f, -1e30f, Float.MAX_VALUE, Float.NaN, -2.5f
  };

  private static final List<String> STRINGS =
      List.of(
          "constant",
          "reflect",
          "edge",
          "wrap",
          "linear",
          "cubic",
          "nearest",
          "floor",
          "ceil",
          "round_prefer_floor",
          "half_pixel",
          "align_corners",
          "asymmetric",
          "pytorch_half_pixel",
          "tf_crop_and_resize",
          "NOTSET",
          "SAME_UPPER",
          "SAME_LOWER",
          "VALID",
          "add",
          "mul",
          "max",
          "min",
          "none",
          "sum",
          "mean",
          "avg",
          "DCR",
          "CRD",
          "tanh",
          "forward",
          "reverse",
          "bidirectional",
          "Sigmoid",
          "Tanh",
          "Relu",
          "bilinear",
          "zeros",
          "border",
          "ij,jk->ik",
          "i,i->",
          "...i->...",
          "ii->i",
          "a,b->ab",
          "->",
          "TF",
          "IDF",
          "SOFTMAX",
          "LOGISTIC",
          "L2",
          "BRANCH_LEQ",
          "LEAF",
          "(a+)+$",
          "UPPER",
          "stretch",
          "");

  private final Random random;

  OperatorCase(Random random) {
    this.random = random;
  }

  /** Attributes of a table's cell {@code axis:INT,mode:STRING}, some left out. */
  Attributes attributes(String cell) {
    Attributes result = Attributes.none();
    for (String entry : cell.isEmpty() ? new String[0] : cell.split(",")) {
      String[] parts = entry.split(":");
      if (random.nextInt(3) > 0) {
        result = result.with(parts[0], attribute(random.nextInt(50) == 0 ? "INTS" : parts[1]));
      }
    }
    return result;
  }

  private Attribute attribute(String kind) {
    int length = random.nextInt(7);
    return switch (kind) {
      case "INT" -> new Attribute.IntValue(integer());
      case "FLOAT" -> new Attribute.FloatValue(real());
      case "STRING" -> new Attribute.StringValue(string());
      case "INTS" ->
          new Attribute.Ints(IntStream.range(0, length).mapToObj(i -> integer()).toList());
      case "FLOATS" ->
          new Attribute.Floats(IntStream.range(0, length).mapToObj(i -> real()).toList());
      case "STRINGS" ->
          new Attribute.Strings(IntStream.range(0, length).mapToObj(i -> string()).toList());
      default -> random.nextBoolean() ? Attribute.ofScalar(real()) : Attribute.ofScalar(integer());
    };
  }

  long integer() {
    return random.nextInt(8) == 0
        ? EXTREMES[random.nextInt(EXTREMES.length)]
        : random.nextInt(8) - 2;
  }

  private float real() {
    return FLOATS[random.nextInt(FLOATS.length)];
  }

  private String string() {
    return STRINGS.get(random.nextInt(STRINGS.size()));
  }

  /** Inputs, some absent; often of one type and shape, integers among them. */
  List<Optional<Data>> inputs(int least, int most) {
    int count = least + random.nextInt(most - least + 1) - (random.nextInt(40) == 0 ? 1 : 0);
    DType common = random.nextInt(3) > 0 ? DType.FLOAT32 : dtype();
    long[] shape = shape();
    List<Optional<Data>> result = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      DType dtype = random.nextInt(3) > 0 ? common : dtype();
      boolean parameter = i > 0 && random.nextInt(3) == 0;
      long[] dims = parameter ? vector() : random.nextInt(3) > 0 ? shape : shape();
      boolean absent = random.nextInt(i < least ? 60 : 4) == 0;
      result.add(
          absent ? Optional.empty() : Optional.of(tensor(parameter ? index() : dtype, dims)));
    }
    return result;
  }

  private DType index() {
    return random.nextInt(5) == 0 ? DType.INT32 : DType.INT64;
  }

  private DType dtype() {
    if (random.nextInt(12) == 0) {
      return DType.STRING;
    }
    List<DType> all = Elements.TYPES.stream().sorted().toList();
    return all.get(random.nextInt(all.size()));
  }

  private long[] vector() {
    return random.nextInt(4) == 0 ? new long[0] : new long[] {random.nextInt(5)};
  }

  private long[] shape() {
    long[] result = new long[random.nextInt(6)];
    for (int i = 0; i < result.length; i++) {
      result[i] = random.nextInt(15) == 0 ? 0 : 1 + random.nextInt(4);
    }
    return result;
  }

  private Data tensor(DType dtype, long[] dims) {
    Shape shape = Shape.of(dims);
    int count = (int) shape.elements().fixed();
    if (dtype == DType.STRING) {
      return DenseTensor.ofStrings(
          IntStream.range(0, count).mapToObj(i -> string()).toList(), shape);
    }
    if (dtype.isFloat()) {
      float[] floats = new float[count];
      for (int i = 0; i < count; i++) {
        floats[i] = real();
      }
      return Tensor.of(floats, dims).dense().convert(dtype);
    }
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = dtype == DType.BOOL ? random.nextInt(2) : integer();
    }
    return Tensor.of(numbers, dims).dense().convert(dtype);
  }
}
