package dev.sardonyx.api.tensor;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;

/**
 * A tensor with its data: elements row-major in a memory segment (a heap array, off-heap memory or
 * a mapped file, at any address), in the machine's byte order. The data must not change once the
 * tensor is made, but for tensors that a session is bound to.
 */
public final class DenseTensor implements Tensor {
  private static final long ALIGNMENT = 64;

  /** What a string takes beside its characters. */
  private static final long STRING_BYTES = 48;

  /** What makes the data of a tensor when it is first asked for. */
  @FunctionalInterface
  public interface Source {
    /** The data, as large as the tensor's type takes. */
    MemorySegment make();
  }

  private final TensorType type;
  private final MemorySegment memory;
  private final MemorySegment segment;
  private final List<String> strings;
  private final long elements;
  private final Optional<LateMemory> late;

  private DenseTensor(
      TensorType type, MemorySegment memory, List<String> strings, Optional<LateMemory> late) {
    this.type = type;
    this.memory = memory;
    this.segment = memory.asReadOnly();
    this.strings = strings;
    this.late = late;
    elements = type.shape().elements().fixed();
  }

  /**
   * A view of a segment, which is not copied. Errors: SHAPE when the shape is not fixed or the
   * segment's size differs from what the shape takes.
   */
  public static DenseTensor view(DType dtype, Shape shape, MemorySegment segment) {
    long bytes = dtype.bytes(shape.elements().fixed());
    if (bytes != segment.byteSize()) {
      throw new SardonyxException(
          ErrorCode.SHAPE,
          dtype + "" + shape + " takes " + bytes + " bytes, the data has " + segment.byteSize());
    }
    return new DenseTensor(new TensorType(dtype, shape), segment, List.of(), Optional.empty());
  }

  /**
   * A tensor of numbers whose data is made when it is first asked for, by its source: what can do
   * without it looks at {@link #source}. Errors: SHAPE when the shape is not fixed; those of the
   * source when data is asked for.
   */
  public static DenseTensor deferred(DType dtype, Shape shape, Source source) {
    var type = new TensorType(dtype, shape);
    long bytes = dtype.bytes(shape.elements().fixed());
    var late = new LateMemory(source, bytes);
    return new DenseTensor(type, MemorySegment.NULL, List.of(), Optional.of(late));
  }

  /** A tensor of strings. Errors: SHAPE when the shape is not fixed or takes another number. */
  public static DenseTensor ofStrings(List<String> values, Shape shape) {
    if (shape.elements().fixed() != values.size()) {
      throw new SardonyxException(
          ErrorCode.SHAPE, "a shape of " + shape + " does not take " + values.size() + " strings");
    }
    return new DenseTensor(
        new TensorType(DType.STRING, shape),
        MemorySegment.NULL,
        List.copyOf(values),
        Optional.empty());
  }

  /** A tensor of zeros. Errors: SHAPE when the shape is not fixed, LIMIT as {@link #allocate}. */
  static DenseTensor zeros(DType dtype, Shape shape) {
    return Outline.replaces(shape)
        ? Outline.tensor(dtype, shape)
        : view(dtype, shape, allocate(dtype, shape));
  }

  /** A copy of a segment. Errors: as for {@link #view}, LIMIT as for {@link #allocate}. */
  public static DenseTensor copy(DType dtype, Shape shape, MemorySegment segment) {
    DenseTensor source = view(dtype, shape, segment);
    return Outline.replaces(shape)
        ? Outline.tensor(dtype, shape)
        : view(dtype, shape, allocate(dtype, shape).copyFrom(source.segment));
  }

  /**
   * Zeroed memory for elements of any type, aligned to 64 bytes and freed with the last tensor that
   * views it. Off-heap, because a kernel that only ever sees one kind of segment compiles to far
   * better code than one that sees two.
   *
   * @throws SardonyxException (LIMIT) when the machine does not give so much
   */
  public static MemorySegment allocate(DType dtype, Shape shape) {
    long bytes = dtype.bytes(shape.elements().fixed());
    try {
      return Arena.ofAuto().allocate(bytes, ALIGNMENT);
    } catch (OutOfMemoryError refused) { // off-heap: nothing but this request is lost
      throw new SardonyxException(
          ErrorCode.LIMIT,
          dtype
              + ""
              + shape
              + " takes "
              + bytes
              + " bytes, more than is free; -XX:MaxDirectMemorySize raises what Java may take",
          refused);
    }
  }

  @Override
  public TensorType type() {
    return type;
  }

  @Override
  public DenseTensor dense() {
    return this;
  }

  /**
   * The data, read-only: {@code dtype.bytes(elements)} bytes. Errors: DTYPE for strings, which have
   * no bytes of fixed size.
   */
  public MemorySegment segment() {
    requireBytes();
    return data();
  }

  private MemorySegment data() {
    return late.isEmpty() ? segment : late.get().memory();
  }

  /**
   * What makes the data, where the tensor is {@link #deferred}, whether it has been made or not.
   */
  public Optional<Source> source() {
    return late.map(LateMemory::source);
  }

  private void requireBytes() {
    if (type.dtype() == DType.STRING) {
      throw new SardonyxException(ErrorCode.DTYPE, "strings are not stored as bytes: " + type);
    }
  }

  /**
   * The data of a tensor that a session is bound to, to be written. Errors: ARGUMENT where its
   * memory is read-only, DTYPE for strings.
   */
  public MemorySegment writable() {
    requireBytes();
    if (late.isPresent() || memory.isReadOnly()) {
      throw new SardonyxException(
          ErrorCode.ARGUMENT, "the memory of a tensor " + type + " is read-only");
    }
    return memory;
  }

  /** The elements of a tensor of strings, row-major. Errors: DTYPE. */
  public List<String> strings() {
    require(DType.STRING);
    return strings;
  }

  /** The same data in another shape. Errors: SHAPE when it takes another number of elements. */
  public DenseTensor reshaped(Shape shape) {
    if (type.dtype() == DType.STRING) {
      return ofStrings(strings, shape);
    }
    if (Outline.is(this) && shape.elements().fixed() == elements) {
      return Outline.tensor(type.dtype(), shape);
    }
    return view(type.dtype(), shape, late.isPresent() ? data() : memory);
  }

  /** Whether another tensor has this one's type, shape and bits, or strings. */
  public boolean isSameAs(DenseTensor other) {
    return type.equals(other.type)
        && strings.equals(other.strings)
        && (type.dtype() == DType.STRING || data().mismatch(other.data()) < 0);
  }

  /** The memory that the data takes, about so for strings. */
  public long byteSize() {
    return type.dtype() == DType.STRING
        ? strings.stream().mapToLong(string -> STRING_BYTES + string.length()).sum()
        : type.dtype().bytes(elements);
  }

  /** The number of elements. */
  public long elements() {
    return elements;
  }

  /** An element of a float32 tensor by its row-major index. Errors: DTYPE. */
  public float floatAt(long index) {
    require(DType.FLOAT32);
    return data().getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, index);
  }

  /** An element of an int64 or int32 tensor by its row-major index. Errors: DTYPE. */
  public long longAt(long index) {
    if (type.dtype() == DType.INT32) {
      return data().getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, index);
    }
    require(DType.INT64);
    return data().getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, index);
  }

  /** A copy of a float32 tensor's elements. Errors: DTYPE. */
  public float[] floats() {
    require(DType.FLOAT32);
    return data().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
  }

  /** A copy of a float64 tensor's elements. Errors: DTYPE. */
  public double[] doubles() {
    require(DType.FLOAT64);
    return data().toArray(ValueLayout.JAVA_DOUBLE_UNALIGNED);
  }

  /** A copy of an int64 tensor's elements. Errors: DTYPE. */
  public long[] longs() {
    require(DType.INT64);
    return data().toArray(ValueLayout.JAVA_LONG_UNALIGNED);
  }

  /** A copy of an int32 tensor's elements. Errors: DTYPE. */
  public int[] ints() {
    require(DType.INT32);
    return data().toArray(ValueLayout.JAVA_INT_UNALIGNED);
  }

  /** An element of any real type as a double, for display and comparison. Errors: DTYPE. */
  public double doubleAt(long index) {
    if (!Elements.TYPES.contains(type.dtype())) {
      throw new SardonyxException(
          ErrorCode.DTYPE, "elements of " + type + " cannot be read as numbers");
    }
    return new Elements(type.dtype()).number(data(), index);
  }

  /**
   * The same numbers as elements of another real type, by {@link Conversion}. This tensor where the
   * type is its own. Errors: DTYPE for what cannot be converted.
   */
  public DenseTensor convert(DType dtype) {
    if (dtype == type.dtype()) {
      return this;
    }
    var conversion = Conversion.of(type.dtype(), dtype);
    if (!conversion.isPossible()) {
      throw new SardonyxException(
          ErrorCode.DTYPE, type + " cannot be converted to " + dtype + ": not both hold numbers");
    }
    if (Outline.is(this) || Outline.replaces(shape())) {
      return Outline.tensor(dtype, shape());
    }
    MemorySegment out = allocate(dtype, shape());
    conversion.run(data(), out, elements);
    return view(dtype, shape(), out);
  }

  private void require(DType expected) {
    if (type.dtype() != expected) {
      throw new SardonyxException(
          ErrorCode.DTYPE, "asked for " + expected + " elements of a tensor of " + type);
    }
  }

  /** Type and the first elements, as a person wants to see them; of an outline the type. */
  @Override
  public String toString() {
    if (Outline.is(this)) {
      return type.toString();
    }
    long shown = Math.min(elements(), 8);
    var text = new StringBuilder(type.toString()).append(" {");
    for (long i = 0; i < shown; i++) {
      text.append(i == 0 ? "" : ", ").append(elementText(i));
    }
    return text.append(elements() > shown ? ", ...}" : "}").toString();
  }

  private String elementText(long index) {
    DType dtype = type.dtype();
    if (dtype == DType.STRING) {
      return '"' + strings.get((int) index) + '"';
    }
    if (!Elements.TYPES.contains(dtype)) {
      return "?";
    }
    var element = new Elements(dtype);
    if (dtype.isFloat()) {
      double value = element.real(data(), index);
      return dtype == DType.FLOAT32 ? Float.toString((float) value) : Double.toString(value);
    }
    long value = element.integer(data(), index);
    return dtype == DType.UINT64 ? Long.toUnsignedString(value) : Long.toString(value);
  }
}
