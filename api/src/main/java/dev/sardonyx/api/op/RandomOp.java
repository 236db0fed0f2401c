package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Operators that draw random numbers. With a seed they draw the same at every run and on every
 * machine, but not those of other implementations; without one, others at every run.
 */
public sealed interface RandomOp extends Op {
  /** The seed, where one is given. */
  Optional<Float> seed();

  @Override
  default Precision precision() {
    return Precision.RANDOM;
  }

  /** How numbers spread. */
  enum Distribution {
    /** Normal, about a mean (parameter a) with a deviation (parameter b). */
    NORMAL("RandomNormal", "mean", 0, "scale", 1),
    /** Uniform from a low number (parameter a) up to a high one (parameter b). */
    UNIFORM("RandomUniform", "low", 0, "high", 1);

    private final String operator;
    private final String nameOfA;
    private final float defaultA;
    private final String nameOfB;
    private final float defaultB;

    Distribution(String operator, String nameOfA, float defaultA, String nameOfB, float defaultB) {
      this.operator = operator;
      this.nameOfA = nameOfA;
      this.defaultA = defaultA;
      this.nameOfB = nameOfB;
      this.defaultB = defaultB;
    }

    private Attributes attributes(float a, float b) {
      return Attributes.none()
          .with(nameOfA, Attribute.of(a), Attribute.of(defaultA))
          .with(nameOfB, Attribute.of(b), Attribute.of(defaultB));
    }

    private float a(Attributes attributes) {
      return attributes.floating(nameOfA, defaultA);
    }

    private float b(Attributes attributes) {
      return attributes.floating(nameOfB, defaultB);
    }
  }

  /** Numbers in a given shape. Source: ONNX RandomNormal, RandomUniform. */
  record Fill(
      Distribution distribution, float a, float b, DType dtype, Shape shape, Optional<Float> seed)
      implements RandomOp {
    @Override
    public String name() {
      return distribution.operator;
    }

    @Override
    public int sinceOpset() {
      return dtype == DType.BFLOAT16 ? 22 : 1;
    }

    @Override
    public Attributes attributes() {
      List<Long> sizes = Arrays.stream(shape.sizes()).boxed().toList();
      return withSeed(distribution.attributes(a, b), seed)
          .with("dtype", code(dtype), code(DType.FLOAT32))
          .with("shape", new Attribute.Ints(sizes));
    }

    static Fill read(Distribution distribution, Attributes attributes) {
      attributes.only("dtype", "shape", "seed", distribution.nameOfA, distribution.nameOfB);
      if (!(attributes.byName().get("shape") instanceof Attribute.Ints(List<Long> sizes))) {
        throw new SardonyxException(
            ErrorCode.ARGUMENT, distribution.operator + ": attribute shape must be given");
      }
      return new Fill(
          distribution,
          distribution.a(attributes),
          distribution.b(attributes),
          RandomOp.dtype(attributes).orElse(DType.FLOAT32),
          Shape.of(sizes.stream().mapToLong(Long::longValue).toArray()),
          readSeed(attributes));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      in.requireCount(0, 0);
      return List.of(new TensorType(require(in, dtype, Inputs.FLOATS), shape));
    }
  }

  /**
   * Numbers in the shape of a tensor, and in its type where none is given. Source: ONNX
   * RandomNormalLike, RandomUniformLike.
   */
  record Like(
      Distribution distribution, float a, float b, Optional<DType> dtype, Optional<Float> seed)
      implements RandomOp {
    @Override
    public String name() {
      return distribution.operator + "Like";
    }

    @Override
    public int sinceOpset() {
      return dtype.filter(DType.BFLOAT16::equals).isPresent() ? 22 : 1;
    }

    @Override
    public Attributes attributes() {
      Attributes all = withSeed(distribution.attributes(a, b), seed);
      return dtype.map(type -> all.with("dtype", code(type))).orElse(all);
    }

    static Like read(Distribution distribution, Attributes attributes) {
      attributes.only("dtype", "seed", distribution.nameOfA, distribution.nameOfB);
      return new Like(
          distribution,
          distribution.a(attributes),
          distribution.b(attributes),
          RandomOp.dtype(attributes),
          readSeed(attributes));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      TensorType x = in.requireCount(1, 1).tensor(0, "input");
      return List.of(
          new TensorType(require(in, dtype.orElse(x.dtype()), Inputs.FLOATS), x.shape()));
    }
  }

  /** True, or 1, with the probability that each element of the input is. Source: ONNX Bernoulli. */
  record Bernoulli(Optional<DType> dtype, Optional<Float> seed) implements RandomOp {
    private static final Set<DType> TRUTHS = truths();

    private static Set<DType> truths() {
      EnumSet<DType> types = EnumSet.copyOf(Inputs.NUMBERS);
      types.add(DType.BOOL);
      return types;
    }

    @Override
    public String name() {
      return "Bernoulli";
    }

    @Override
    public int sinceOpset() {
      return 15;
    }

    @Override
    public Attributes attributes() {
      Attributes all = withSeed(Attributes.none(), seed);
      return dtype.map(type -> all.with("dtype", code(type))).orElse(all);
    }

    static Bernoulli read(Attributes attributes) {
      attributes.only("dtype", "seed");
      return new Bernoulli(RandomOp.dtype(attributes), readSeed(attributes));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      TensorType x = in.requireCount(1, 1).tensor(0, "input");
      in.requireDType(0, "input", Inputs.FLOATS);
      return List.of(new TensorType(require(in, dtype.orElse(x.dtype()), TRUTHS), x.shape()));
    }
  }

  /**
   * Classes drawn by their logarithms of probabilities, which need no common scale. Shapes: input
   * (batch, classes), output (batch, sample_size). Source: ONNX Multinomial.
   */
  record Multinomial(DType dtype, int sampleSize, Optional<Float> seed) implements RandomOp {
    @Override
    public String name() {
      return "Multinomial";
    }

    @Override
    public int sinceOpset() {
      return 7;
    }

    @Override
    public Attributes attributes() {
      return withSeed(Attributes.none(), seed)
          .with("dtype", code(dtype), code(DType.INT32))
          .with("sample_size", Attribute.of(sampleSize), Attribute.of(1));
    }

    static Multinomial read(Attributes attributes) {
      attributes.only("dtype", "sample_size", "seed");
      return new Multinomial(
          RandomOp.dtype(attributes).orElse(DType.INT32),
          attributes.int32("sample_size", 1),
          readSeed(attributes));
    }

    @Override
    public List<ValueType> infer(Inputs in) {
      TensorType x = in.requireCount(1, 1).ranked(0, "input", 2);
      in.requireDType(0, "input", Inputs.FLOATS);
      require(in, dtype, EnumSet.of(DType.INT32, DType.INT64));
      if (sampleSize < 1) {
        throw in.argumentError("sample_size must be 1 or more, found " + sampleSize);
      }
      Shape shape = x.shape().isKnown() ? x.shape().with(1, Dim.of(sampleSize)) : x.shape();
      return List.of(new TensorType(dtype, shape));
    }
  }

  private static DType require(Inputs in, DType dtype, Set<DType> allowed) {
    if (!allowed.contains(dtype)) {
      throw in.argumentError("dtype must be one of " + allowed + ", found " + dtype);
    }
    return dtype;
  }

  private static Attribute code(DType dtype) {
    return Attribute.of((long) dtype.onnxCode());
  }

  private static Optional<DType> dtype(Attributes attributes) {
    return attributes.byName().containsKey("dtype")
        ? Optional.of(DType.ofOnnxCode(attributes.int32("dtype", 0)))
        : Optional.empty();
  }

  private static Optional<Float> readSeed(Attributes attributes) {
    return attributes.byName().containsKey("seed")
        ? Optional.of(attributes.floating("seed", 0))
        : Optional.empty();
  }

  private static Attributes withSeed(Attributes attributes, Optional<Float> seed) {
    return seed.map(value -> attributes.with("seed", Attribute.of(value))).orElse(attributes);
  }
}
