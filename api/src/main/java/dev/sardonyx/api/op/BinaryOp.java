package dev.sardonyx.api.op;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;

/** Functions of two elements: A and B broadcast to the shape of C. */
public sealed interface BinaryOp extends ElementwiseOp {

  /** C = A + B. */
  record Add() implements BinaryOp {
    @Override
    public String name() {
      return "Add";
    }

    @Override
    public Optional<List<Dim>> contents(Inputs in) {
      return elementwise(in, Dim::plus);
    }
  }

  /** C = A - B. */
  record Sub() implements BinaryOp {
    @Override
    public String name() {
      return "Sub";
    }

    @Override
    public Optional<List<Dim>> contents(Inputs in) {
      return elementwise(in, (a, b) -> a.plus(b.times(Dim.of(-1))));
    }
  }

  /** C = A * B. */
  record Mul() implements BinaryOp {
    @Override
    public String name() {
      return "Mul";
    }

    @Override
    public Optional<List<Dim>> contents(Inputs in) {
      return elementwise(in, Dim::times);
    }
  }

  /** C = A / B; integers are divided towards zero. */
  record Div() implements BinaryOp {
    @Override
    public String name() {
      return "Div";
    }

    /** Sizes are not negative, so that rounding down is rounding towards zero. */
    @Override
    public Optional<List<Dim>> contents(Inputs in) {
      boolean numbers = in.contents(0).isPresent() && in.numbers(1).isPresent();
      return numbers && in.numbers(1).get().stream().allMatch(divisor -> divisor > 0)
          ? elementwise(
              in, (a, b) -> a.isFixed() ? Dim.of(a.fixed() / b.fixed()) : a.floorDiv(b.fixed()))
          : Optional.empty();
    }
  }

  /** The remainder: of A's sign with fmod, as C has it, else of B's sign, as Python has it. */
  record Mod(boolean fmod) implements BinaryOp {
    @Override
    public String name() {
      return "Mod";
    }

    @Override
    public int sinceOpset() {
      return 10;
    }

    @Override
    public Attributes attributes() {
      return Attributes.none().with("fmod", Attribute.of(fmod), Attribute.of(false));
    }

    static Mod read(Attributes attributes) {
      return new Mod(attributes.only("fmod").bool("fmod", false));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      List<ValueType> result = numbers(in);
      if (!fmod && in.tensor(0, "A").dtype().isFloat()) {
        throw in.argumentError("floats need fmod = 1");
      }
      return result;
    }
  }

  /** Z = X to the power of Y; Z has the element type of X, that of Y may differ. */
  record Pow() implements BinaryOp {
    @Override
    public String name() {
      return "Pow";
    }

    @Override
    public int sinceOpset() {
      return 12;
    }

    @Override
    public Precision precision() {
      return Precision.ROUNDED;
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      EnumSet<DType> bases = EnumSet.copyOf(Inputs.FLOATS);
      bases.addAll(EnumSet.of(DType.INT32, DType.INT64));
      DType dtype = in.requireCount(2, 2).requireDType(0, "X", bases);
      in.requireDType(1, "Y", Inputs.NUMBERS);
      return List.of(new TensorType(dtype, in.broadcast(0, 1)));
    }
  }

  /** Y = X where X is 0 or more, else slope * X; slope broadcasts to X, never X to slope. */
  record PRelu() implements BinaryOp {
    private static final Set<DType> SLOPED = sloped();

    private static Set<DType> sloped() {
      EnumSet<DType> result = EnumSet.copyOf(Inputs.FLOATS);
      result.addAll(EnumSet.of(DType.INT32, DType.INT64, DType.UINT32, DType.UINT64));
      return result;
    }

    @Override
    public String name() {
      return "PRelu";
    }

    @Override
    public int sinceOpset() {
      return 7;
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      TensorType x = in.requireCount(2, 2).tensor(0, "X");
      in.requireDType(0, "X", SLOPED);
      Shape slope = in.tensor(1, "slope").shape();
      in.sameDType(0, 1);
      Shape both = in.broadcast(0, 1);
      if (both.isKnown() && x.shape().isKnown()) {
        boolean fits = both.rank() == x.rank();
        for (int axis = 0; fits && axis < both.rank(); axis++) {
          fits = !both.dim(axis).differsFrom(x.dim(axis));
        }
        if (!fits) {
          throw in.shapeError(
              "Broadcast",
              x.shape(),
              slope,
              "slope " + slope + " must broadcast to X " + x.shape());
        }
      }
      return List.of(x);
    }
  }

  @Override
  default int sinceOpset() {
    return 7;
  }

  /** IEEE 754 leaves one result for each of these, so engines agree to the bit. */
  @Override
  default Precision precision() {
    return Precision.EXACT;
  }

  @Override
  default List<ValueType> infer(Inputs in) {
    return numbers(in);
  }

  private static List<ValueType> numbers(Inputs in) {
    DType dtype = in.requireCount(2, 2).requireDType(0, "A", Inputs.NUMBERS);
    in.sameDType(0, 1);
    return List.of(new TensorType(dtype, in.broadcast(0, 1)));
  }

  /** Known elements combined one by one; a single element goes with each of the other's. */
  private static Optional<List<Dim>> elementwise(Inputs in, BinaryOperator<Dim> combine) {
    if (in.contents(0).isEmpty() || in.contents(1).isEmpty()) {
      return Optional.empty();
    }
    List<Dim> a = in.contents(0).get();
    List<Dim> b = in.contents(1).get();
    int size = Math.max(a.size(), b.size());
    boolean fits = (a.size() == size || a.size() == 1) && (b.size() == size || b.size() == 1);
    if (!fits) {
      return Optional.empty();
    }
    List<Dim> result = new ArrayList<>();
    try {
      for (int i = 0; i < size; i++) {
        result.add(
            combine.apply(a.get(Math.min(i, a.size() - 1)), b.get(Math.min(i, b.size() - 1))));
      }
    } catch (SardonyxException tooLarge) {
      return Optional.empty(); // numbers that wrap around are no sizes
    }
    return Optional.of(List.copyOf(result));
  }
}
