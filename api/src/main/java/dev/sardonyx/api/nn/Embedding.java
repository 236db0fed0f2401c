package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Outline;
import dev.sardonyx.api.tensor.Parameter;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Shape;
import java.lang.foreign.MemorySegment;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * A table of vectors looked up by int64 or int32 indices. Shapes: [...] -> [..., embeddingDim].
 * PyTorch's max_norm is not there: it changes the weights while the model runs. Source:
 * torch.nn.Embedding.
 */
public final class Embedding implements UnaryModule {
  private final int numEmbeddings;
  private final int embeddingDim;
  private final EmbeddingOptions options;
  private final OptionalInt paddingIdx;
  private final Parameter weight;

  /** A table without a padding row. Errors: ARGUMENT below 1. */
  public Embedding(int numEmbeddings, int embeddingDim) {
    this(numEmbeddings, embeddingDim, options -> options);
  }

  /** A table with options. Errors: ARGUMENT below 1, or for a paddingIdx outside the table. */
  public Embedding(int numEmbeddings, int embeddingDim, UnaryOperator<EmbeddingOptions> options) {
    Arguments.requireAtLeast("Embedding", "numEmbeddings", numEmbeddings, 1);
    Arguments.requireAtLeast("Embedding", "embeddingDim", embeddingDim, 1);
    this.numEmbeddings = numEmbeddings;
    this.embeddingDim = embeddingDim;
    this.options = options.apply(EmbeddingOptions.defaults());
    this.paddingIdx = row(this.options.paddingIdx(), numEmbeddings);
    weight = initial();
  }

  private static OptionalInt row(OptionalInt given, int rows) {
    if (given.isEmpty()) {
      return given;
    }
    int index = given.getAsInt();
    Arguments.require(
        index >= -rows && index < rows,
        "Embedding",
        "paddingIdx",
        "in [" + -rows + ", " + (rows - 1) + "]",
        index);
    return OptionalInt.of(index < 0 ? index + rows : index);
  }

  private Parameter initial() {
    Shape shape = Shape.of(numEmbeddings, embeddingDim);
    Parameter normal = Initialization.normal(shape);
    if (paddingIdx.isEmpty() || Outline.is(normal)) {
      return normal;
    }
    MemorySegment data = DenseTensor.allocate(DType.FLOAT32, shape);
    data.copyFrom(normal.dense().segment());
    long bytes = (long) embeddingDim * Float.BYTES;
    data.asSlice(paddingIdx.getAsInt() * bytes, bytes).fill((byte) 0);
    return new Parameter(DenseTensor.view(DType.FLOAT32, shape, data));
  }

  /** [numEmbeddings, embeddingDim]. */
  public Parameter weight() {
    return weight;
  }

  /** The vectors. Errors: DTYPE unless x holds integers, ARGUMENT for an index outside. */
  @Override
  public Tensor forward(Tensor x) {
    return Operations.inModule(this, x, this::rows);
  }

  private Tensor rows(Tensor indices) {
    Arguments.requireDType("Embedding", indices, DType.INT64, DType.INT32);
    return Functional.embedding(indices, weight);
  }

  @Override
  public Structure structure() {
    return Structure.of("Embedding").add("weight", weight);
  }

  @Override
  public String extraRepr() {
    return numEmbeddings
        + ", "
        + embeddingDim
        + (paddingIdx.isPresent() ? ", padding_idx=" + paddingIdx.getAsInt() : "")
        + (options.scaleGradByFreq() ? ", scale_grad_by_freq=True" : "")
        + (options.sparse() ? ", sparse=True" : "");
  }
}
