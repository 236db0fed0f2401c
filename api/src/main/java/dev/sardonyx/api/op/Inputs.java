package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.Mismatch;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.OptionalType;
import dev.sardonyx.api.type.SequenceType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What inference knows of a node's inputs, with the checks that operators state their laws in. */
public final class Inputs {
  /** One input: its type, and its integer elements or its few floats where they are known. */
  public record Input(ValueType type, Optional<List<Dim>> contents, Optional<List<Double>> floats) {
    public Input {
      // Kept for scalars and vectors alone: Gather and Concat would cut a matrix by its axes.
      boolean vector =
          type instanceof TensorType tensor && tensor.shape().isKnown() && tensor.rank() <= 1;
      contents = vector ? contents : Optional.empty();
    }

    /** An input whose integer elements may be known. */
    public Input(ValueType type, Optional<List<Dim>> contents) {
      this(type, contents, Optional.empty());
    }

    /** An input of which only the type is known. */
    public static Input of(ValueType type) {
      return new Input(type, Optional.empty());
    }
  }

  /** Floats of 16 bits and more. */
  public static final Set<DType> FLOATS =
      Collections.unmodifiableSet(
          EnumSet.of(DType.FLOAT16, DType.BFLOAT16, DType.FLOAT32, DType.FLOAT64));

  /** Those and signed integers of 8 bits and more. */
  public static final Set<DType> SIGNED =
      union(FLOATS, EnumSet.of(DType.INT8, DType.INT16, DType.INT32, DType.INT64));

  /** Unsigned integers of 8 bits and more. */
  public static final Set<DType> UNSIGNED =
      Collections.unmodifiableSet(
          EnumSet.of(DType.UINT8, DType.UINT16, DType.UINT32, DType.UINT64));

  /** Integers of 8 bits and more. */
  public static final Set<DType> INTEGERS =
      union(UNSIGNED, EnumSet.of(DType.INT8, DType.INT16, DType.INT32, DType.INT64));

  /** Floats and integers. */
  public static final Set<DType> NUMBERS = union(SIGNED, UNSIGNED);

  /** What sizes and axes come in. */
  public static final Set<DType> INDICES =
      Collections.unmodifiableSet(EnumSet.of(DType.INT32, DType.INT64));

  private static Set<DType> union(Set<DType> some, Set<DType> others) {
    EnumSet<DType> all = EnumSet.copyOf(some);
    all.addAll(others);
    return Collections.unmodifiableSet(all);
  }

  private final String operator;
  private final List<Optional<Input>> inputs;

  /** The inputs of an operator; empty where an optional one is left out. */
  public Inputs(String operator, List<Optional<Input>> inputs) {
    this.operator = operator;
    this.inputs = List.copyOf(inputs);
  }

  /** The operator's name. */
  public String operator() {
    return operator;
  }

  /** The number of inputs, trailing absent ones included. */
  public int count() {
    return inputs.size();
  }

  /** Whether an input is given. */
  public boolean has(int index) {
    return index < inputs.size() && inputs.get(index).isPresent();
  }

  /** All inputs from an index on. Errors: GRAPH for one that is absent. */
  public List<Input> from(int first) {
    List<Input> result = new ArrayList<>();
    for (int i = first; i < inputs.size(); i++) {
      int index = i;
      result.add(
          inputs
              .get(i)
              .orElseThrow(
                  () ->
                      new SardonyxException(
                          ErrorCode.GRAPH, operator + " needs its input " + index)));
    }
    return result;
  }

  /** Checks how many inputs there are. Errors: GRAPH. */
  public Inputs requireCount(int least, int most) {
    if (inputs.size() < least || inputs.size() > most) {
      String expected = least == most ? "" + least : least + " to " + most;
      throw new SardonyxException(
          ErrorCode.GRAPH, operator + " takes " + expected + " inputs, found " + inputs.size());
    }
    return this;
  }

  /** The type of an input. Errors: GRAPH when absent. */
  public ValueType value(int index, String name) {
    if (!has(index)) {
      throw new SardonyxException(ErrorCode.GRAPH, operator + " needs its input " + name);
    }
    return inputs.get(index).orElseThrow().type();
  }

  /** The tensor type of an input. Errors: GRAPH when absent, DTYPE when it is no tensor. */
  public TensorType tensor(int index, String name) {
    return switch (value(index, name)) {
      case TensorType tensor -> tensor;
      case ValueType other ->
          throw new SardonyxException(
              ErrorCode.DTYPE, operator + ": " + name + " must be a tensor, found " + other);
    };
  }

  /**
   * The sequence type of an input. An optional sequence counts: Loop may carry one, and its element
   * from then on. Errors: GRAPH when absent, DTYPE when it is none.
   */
  public SequenceType sequence(int index, String name) {
    return switch (value(index, name)) {
      case SequenceType sequence -> sequence;
      case OptionalType(SequenceType sequence) -> sequence;
      case ValueType other ->
          throw new SardonyxException(
              ErrorCode.DTYPE, operator + ": " + name + " must be a sequence, found " + other);
    };
  }

  /** Demands one element, where the shape is known. Errors: SHAPE. */
  public void requireOne(int index, String name) {
    TensorType type = tensor(index, name);
    if (type.shape().isFixed() && !type.shape().elements().equals(Dim.of(1))) {
      throw shapeError(name + " must have one element, found " + type);
    }
  }

  /** A tensor of a given rank, where its rank is known. Errors: SHAPE. */
  public TensorType ranked(int index, String name, int rank) {
    TensorType type = tensor(index, name);
    if (type.shape().isKnown() && type.rank() != rank) {
      throw rankError("rank " + rank, type, name);
    }
    return type;
  }

  /** A tensor of at least a given rank, where its rank is known. Errors: SHAPE. */
  public TensorType atLeastRank(int index, String name, int rank) {
    TensorType type = tensor(index, name);
    if (type.shape().isKnown() && type.rank() < rank) {
      throw rankError("rank " + rank + " or more", type, name);
    }
    return type;
  }

  private SardonyxException rankError(String expected, TensorType type, String name) {
    return Mismatch.of("Rank", operator, expected, type.shape())
        .withType(type)
        .error(operator + ": " + name + " must have " + expected + ", found " + type);
  }

  /** The integer elements of an input, where they are known. */
  public Optional<List<Dim>> contents(int index) {
    return has(index) ? inputs.get(index).orElseThrow().contents() : Optional.empty();
  }

  /** The integer elements of an input where each is known to be a number. */
  public Optional<List<Long>> numbers(int index) {
    return contents(index)
        .filter(dims -> dims.stream().allMatch(Dim::isFixed))
        .map(dims -> dims.stream().map(Dim::fixed).toList());
  }

  /** The number that an input of one element holds, where it is known. */
  public Optional<Long> scalar(int index) {
    return numbers(index).filter(list -> list.size() == 1).map(List::getFirst);
  }

  /** The size that an input of one element holds; unknown where that is. Errors: SHAPE. */
  public Dim size(int index, String name) {
    requireOne(index, name);
    Dim size = contents(index).map(List::getFirst).orElseGet(Dim.Unknown::new);
    if (size.isFixed() && size.fixed() < 0) {
      throw argumentError(name + " must be 0 or more, found " + size);
    }
    return size;
  }

  /** The elements of a short input of floats that is constant. */
  public Optional<List<Double>> floats(int index) {
    return has(index) ? inputs.get(index).orElseThrow().floats() : Optional.empty();
  }

  /** Demands that two dims are the same, where both are known. Errors: SHAPE, naming both. */
  public void requireEqual(Dim a, Dim b, String words) {
    requireEqual("Shape", a, b, words);
  }

  /** The same with a law that {@link Mismatch} names: a was found, and b is expected. */
  public void requireEqual(String law, Dim a, Dim b, String words) {
    if (a.differsFrom(b)) {
      throw Mismatch.of(law, operator, b, a)
          .error(operator + ": " + words + " (" + a + " vs " + b + ")");
    }
  }

  /** Demands the element type of the first tensor input of all others. Errors: DTYPE. */
  public DType sameDType(int... indices) {
    TensorType first = tensor(indices[0], "input " + indices[0]);
    for (int index : indices) {
      if (has(index) && tensor(index, "input " + index).dtype() != first.dtype()) {
        TensorType other = tensor(index, "input");
        String words = "inputs must have one element type, found " + first + " and " + other;
        throw dtypeError(first.dtype(), other, words);
      }
    }
    return first.dtype();
  }

  private SardonyxException dtypeError(Object expected, TensorType found, String words) {
    return new SardonyxException(
        ErrorCode.DTYPE,
        operator + ": " + words,
        Mismatch.of("DType", operator, expected, found.dtype()).withType(found));
  }

  /** Demands one of some element types. Errors: DTYPE. */
  public DType requireDType(int index, String name, Set<DType> allowed) {
    DType found = tensor(index, name).dtype();
    if (!allowed.contains(found)) {
      String one = allowed.size() == 1 ? allowed.iterator().next().toString() : "one of " + allowed;
      throw dtypeError(allowed, tensor(index, name), name + " must be " + one + ", found " + found);
    }
    return found;
  }

  /** Demands a real floating-point type. Errors: DTYPE. */
  public TensorType requireFloat(int index, String name) {
    TensorType type = tensor(index, name);
    if (!type.dtype().isFloat()) {
      throw dtypeError("a float type", type, name + " must be a float type, found " + type);
    }
    return type;
  }

  /** The shape that inputs broadcast to. Errors: SHAPE, naming two that do not fit. */
  public Shape broadcast(int... indices) {
    Shape result = Shape.of();
    for (int index : indices) {
      try {
        result = result.broadcast(tensor(index, "input " + index).shape());
      } catch (SardonyxException clash) {
        throw ours(clash);
      }
    }
    return result;
  }

  /** An axis counted from the front. Errors: SHAPE outside {@code [-rank, rank)}. */
  public int axis(Shape shape, long axis) {
    try {
      return shape.axis(Math.clamp(axis, Integer.MIN_VALUE, Integer.MAX_VALUE));
    } catch (SardonyxException outside) {
      throw ours(outside);
    }
  }

  /** Axes counted from the front, in the order given. Errors: SHAPE unless each is one, once. */
  public List<Integer> axes(List<Long> axes, int rank) {
    List<Integer> result = new ArrayList<>();
    for (long axis : axes) {
      long fromFront = axis < 0 ? axis + rank : axis;
      boolean known = fromFront >= 0 && fromFront < rank && !result.contains((int) fromFront);
      if (!known) {
        throw shapeError(
            "Axis",
            "axes of rank " + rank + ", each once",
            axes,
            "axes " + axes + " must name axes of rank " + rank + ", each once");
      }
      result.add((int) fromFront);
    }
    return List.copyOf(result);
  }

  /** The error of a shape, told as this operator's. */
  SardonyxException ours(SardonyxException clash) {
    String words = operator + ": " + clash.reason();
    return clash
        .mismatch()
        .map(details -> details.withOwner(operator).error(words))
        .orElseGet(() -> new SardonyxException(ErrorCode.SHAPE, words));
  }

  /** The error of a law about shapes that does not hold, whatever the symbols stand for. */
  public SardonyxException shapeError(String words) {
    return shapeError("Shape", "", "", words);
  }

  /** The same with a law that {@link Mismatch} names, what is expected and what was found. */
  public SardonyxException shapeError(String law, Object expected, Object found, String words) {
    return Mismatch.of(law, operator, expected, found).error(operator + ": " + words);
  }

  /** The error of an attribute outside what the operator allows. */
  public SardonyxException argumentError(String law) {
    return new SardonyxException(ErrorCode.ARGUMENT, operator + ": " + law);
  }
}
