package dev.sardonyx.runtime.ml;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.MlOp;
import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.MapData;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** Chooses how an operator of machine learning is computed. */
public final class MlComputations {
  private MlComputations() {}

  /** An operator with the tables that it needs. Thread-safe. */
  @FunctionalInterface
  public interface Prepared {
    /** All outputs. Errors: SHAPE, DTYPE, ARGUMENT for what the operator refuses; LIMIT. */
    List<Data> compute(List<Optional<Data>> inputs, Allocator memory);
  }

  /** Prepares an operator. Errors: ARGUMENT for attributes that it refuses. */
  public static Prepared of(MlOp op) {
    return switch (op.kind()) {
      case ARRAY_FEATURE_EXTRACTOR ->
          (inputs, memory) ->
              List.of(Features.extract(tensor(inputs, 0), tensor(inputs, 1), memory));
      case BINARIZER ->
          (inputs, memory) -> List.of(Features.binarize(op, tensor(inputs, 0), memory));
      case IMPUTER -> (inputs, memory) -> List.of(Features.impute(op, tensor(inputs, 0), memory));
      case NORMALIZER ->
          (inputs, memory) -> List.of(Features.normalize(op, tensor(inputs, 0), memory));
      case SCALER -> (inputs, memory) -> List.of(Features.scale(op, tensor(inputs, 0), memory));
      case FEATURE_VECTORIZER ->
          (inputs, memory) ->
              List.of(
                  Features.join(
                      op,
                      inputs.stream().map(input -> tensor(input.orElseThrow())).toList(),
                      memory));
      case ONE_HOT_ENCODER ->
          (inputs, memory) -> List.of(Labels.oneHot(op, tensor(inputs, 0), memory));
      case LABEL_ENCODER -> {
        var encoder = LabelTable.of(op);
        yield (inputs, memory) -> List.of(encoder.encode(tensor(inputs, 0), memory));
      }
      case CATEGORY_MAPPER ->
          (inputs, memory) -> List.of(Labels.categories(op, tensor(inputs, 0), memory));
      case CAST_MAP -> (inputs, memory) -> List.of(Maps.cast(op, map(inputs), memory));
      case DICT_VECTORIZER -> (inputs, memory) -> List.of(Maps.vectorize(op, map(inputs), memory));
      case ZIP_MAP -> (inputs, memory) -> List.of(Maps.zip(op, tensor(inputs, 0)));
      case LINEAR_REGRESSOR ->
          (inputs, memory) -> List.of(Linear.regress(op, tensor(inputs, 0), memory));
      case LINEAR_CLASSIFIER -> (inputs, memory) -> Linear.classify(op, tensor(inputs, 0), memory);
      case SVM_REGRESSOR ->
          (inputs, memory) -> List.of(SupportVectors.regress(op, tensor(inputs, 0), memory));
      case SVM_CLASSIFIER ->
          (inputs, memory) -> SupportVectors.classify(op, tensor(inputs, 0), memory);
      case TREE_ENSEMBLE, TREE_ENSEMBLE_REGRESSOR -> Trees.regressor(op);
      case TREE_ENSEMBLE_CLASSIFIER -> Trees.classifier(op);
    };
  }

  static DenseTensor tensor(List<Optional<Data>> inputs, int index) {
    return tensor(inputs.get(index).orElseThrow());
  }

  private static DenseTensor tensor(Data data) {
    if (data instanceof Tensor tensor) {
      return tensor.dense();
    }
    throw new SardonyxException(ErrorCode.DTYPE, "expected a tensor, found " + data.type());
  }

  private static MapData map(List<Optional<Data>> inputs) {
    if (inputs.getFirst().orElseThrow() instanceof MapData map) {
      return map;
    }
    throw new SardonyxException(
        ErrorCode.DTYPE, "expected a map, found " + inputs.getFirst().get().type());
  }
}
