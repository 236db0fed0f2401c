package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Tensors made from nothing but sizes. */
public sealed interface FillOp extends LayoutOp {
  /** Larger integer tensors are data, not shapes. */
  long MOST_KNOWN_ELEMENTS = 1024;

  /** One value everywhere; input 0 is the shape. Source: ONNX ConstantOfShape. */
  record ConstantOfShape(Attribute.TensorValue value) implements FillOp {
    private static final Attribute.TensorValue ZERO = Attribute.ofScalar(0f);

    @Override
    public String name() {
      return "ConstantOfShape";
    }

    @Override
    public int sinceOpset() {
      return 9;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none().with("value", value, ZERO);
    }

    static ConstantOfShape read(Attributes attributes) {
      return new ConstantOfShape(attributes.only("value").tensor("value", ZERO));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      TensorType shape = in.requireCount(1, 1).ranked(0, "input", 1);
      if (value.elements() != 1) {
        throw in.argumentError("value must have one element, found " + value);
      }
      if (in.contents(0).isPresent()) {
        return List.of(new TensorType(value.dtype(), Shape.of(in.contents(0).get())));
      }
      return List.of(
          new TensorType(
              value.dtype(),
              shape.shape().isFixed()
                  ? Shape.of(Collections.nCopies((int) shape.dim(0).fixed(), new Dim.Unknown()))
                  : Shape.unknown()));
    }

    @Override
    public Optional<List<Dim>> contents(Inputs in) {
      boolean vector =
          value.dtype() == DType.INT64
              && in.numbers(0).isPresent()
              && in.numbers(0).get().size() <= 1;
      if (!vector) {
        return Optional.empty();
      }
      long count = in.numbers(0).get().stream().reduce(1L, Math::max);
      return in.numbers(0).get().contains(0L) || count > MOST_KNOWN_ELEMENTS
          ? Optional.empty()
          : Optional.of(Collections.nCopies((int) count, Dim.of(value.bytes().getLong(0))));
    }
  }

  /**
   * 1 on the k-th diagonal and 0 elsewhere, in the shape of a matrix, of its type or another.
   * Source: ONNX EyeLike.
   */
  record EyeLike(Optional<DType> dtype, int k) implements FillOp {
    @Override
    public String name() {
      return "EyeLike";
    }

    @Override
    public int sinceOpset() {
      return 9;
    }

    @Override
    public Attributes attributes() {
      Attributes result = Attributes.none().with("k", Attribute.of(k), Attribute.of(0));
      return dtype.map(type -> result.with("dtype", Attribute.of(type.onnxCode()))).orElse(result);
    }

    static EyeLike read(Attributes attributes) {
      attributes.only("dtype", "k");
      Optional<DType> dtype =
          attributes.byName().containsKey("dtype")
              ? Optional.of(DType.ofOnnxCode(attributes.int32("dtype", 0)))
              : Optional.empty();
      return new EyeLike(dtype, attributes.int32("k", 0));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      TensorType x = in.requireCount(1, 1).ranked(0, "input", 2);
      DType type = dtype.orElse(x.dtype());
      if (type != DType.BOOL && !Inputs.NUMBERS.contains(type)) {
        throw in.argumentError("dtype must be a number or bool, found " + type);
      }
      return List.of(new TensorType(type, x.shape()));
    }
  }

  /**
   * Numbers from start up to, without, limit in steps of delta. Source: ONNX Range.
   *
   * @param stashType what numbers of 16 bits are computed in: float32 or float64
   */
  record Range(DType stashType) implements FillOp {
    /** The operator with its attribute at the default. */
    public Range() {
      this(DType.FLOAT32);
    }

    @Override
    public Attributes attributes() {
      Attribute given = Attribute.of((long) stashType.onnxCode());
      return Attributes.none().with("stash_type", given, Attribute.of(1));
    }

    static Range read(Attributes attributes) {
      attributes.only("stash_type");
      DType type = DType.ofOnnxCode(attributes.int32("stash_type", 1));
      if (type != DType.FLOAT32 && type != DType.FLOAT64) {
        throw new SardonyxException(
            ErrorCode.ARGUMENT, "Range: stash_type must be float32 or float64, found " + type);
      }
      return new Range(type);
    }

    @Override
    public String name() {
      return "Range";
    }

    @Override
    public int sinceOpset() {
      return stashType == DType.FLOAT32 ? 11 : 27;
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      DType dtype = in.requireCount(3, 3).sameDType(0, 1, 2);
      if (dtype.isFloat()) {
        return List.of(TensorType.of(dtype, count(in, dtype)));
      }
      Optional<Dim> start = element(in, 0);
      Optional<Dim> limit = element(in, 1);
      Optional<Long> delta = element(in, 2).filter(Dim::isFixed).map(Dim::fixed);
      if (start.isEmpty() || limit.isEmpty() || delta.isEmpty()) {
        return List.of(TensorType.of(dtype, new Dim.Unknown()));
      }
      if (delta.get() == 0) {
        throw in.argumentError("delta must not be 0");
      }
      Dim length =
          delta.get() > 0
              ? limit.get().plus(start.get().times(Dim.of(-1))).ceilDiv(delta.get())
              : start.get().plus(limit.get().times(Dim.of(-1))).ceilDiv(-delta.get());
      return List.of(
          TensorType.of(dtype, length.isFixed() ? Dim.of(Math.max(0, length.fixed())) : length));
    }

    /** The count of floats: their difference is one of the type, as ONNX Runtime has it. */
    private static Dim count(Inputs in, DType dtype) {
      List<Double> numbers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        in.floats(i).filter(list -> list.size() == 1).ifPresent(numbers::addAll);
      }
      if (numbers.size() < 3) {
        return new Dim.Unknown();
      }
      double exact = numbers.get(1) - numbers.get(0);
      double difference = dtype == DType.FLOAT64 ? exact : (float) exact;
      double count = Math.ceil(difference / numbers.get(2));
      if (!(Math.abs(count) < Integer.MAX_VALUE)) {
        throw in.argumentError("start, limit and delta give no count of numbers: " + numbers);
      }
      return Dim.of(Math.max(0, (long) count));
    }

    private static Optional<Dim> element(Inputs in, int index) {
      return in.contents(index).filter(dims -> dims.size() == 1).map(List::getFirst);
    }

    @Override
    public Optional<List<Dim>> contents(Inputs in) {
      boolean known =
          in.numbers(0).isPresent() && in.numbers(1).isPresent() && in.numbers(2).isPresent();
      if (!known) {
        return Optional.empty();
      }
      long start = in.numbers(0).get().getFirst();
      long delta = in.numbers(2).get().getFirst();
      long count = ((TensorType) infer(in).getFirst()).dim(0).fixed();
      return count > MOST_KNOWN_ELEMENTS
          ? Optional.empty()
          : Optional.of(
              LongStream.range(0, count).mapToObj(i -> Dim.of(start + i * delta)).toList());
    }
  }
}
