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

  /** All outputs. Errors: SHAPE, DTYPE, ARGUMENT for what the operator refuses; LIMIT. */
  public static List<Data> compute(MlOp op, List<Optional<Data>> inputs, Allocator memory) {
    return switch (op.kind()) {
      case ARRAY_FEATURE_EXTRACTOR ->
          List.of(Features.extract(tensor(inputs, 0), tensor(inputs, 1), memory));
      case BINARIZER -> List.of(Features.binarize(op, tensor(inputs, 0), memory));
      case IMPUTER -> List.of(Features.impute(op, tensor(inputs, 0), memory));
      case NORMALIZER -> List.of(Features.normalize(op, tensor(inputs, 0), memory));
      case SCALER -> List.of(Features.scale(op, tensor(inputs, 0), memory));
      case FEATURE_VECTORIZER ->
          List.of(
              Features.join(
                  op, inputs.stream().map(input -> tensor(input.orElseThrow())).toList(), memory));
      case ONE_HOT_ENCODER -> List.of(Labels.oneHot(op, tensor(inputs, 0), memory));
      case LABEL_ENCODER -> List.of(Labels.encode(op, tensor(inputs, 0), memory));
      case CATEGORY_MAPPER -> List.of(Labels.categories(op, tensor(inputs, 0), memory));
      case CAST_MAP -> List.of(Maps.cast(op, map(inputs), memory));
      case DICT_VECTORIZER -> List.of(Maps.vectorize(op, map(inputs), memory));
      case ZIP_MAP -> List.of(Maps.zip(op, tensor(inputs, 0)));
      case LINEAR_REGRESSOR -> List.of(Linear.regress(op, tensor(inputs, 0), memory));
      case LINEAR_CLASSIFIER -> Linear.classify(op, tensor(inputs, 0), memory);
      case SVM_REGRESSOR -> List.of(SupportVectors.regress(op, tensor(inputs, 0), memory));
      case SVM_CLASSIFIER -> SupportVectors.classify(op, tensor(inputs, 0), memory);
      case TREE_ENSEMBLE, TREE_ENSEMBLE_REGRESSOR ->
          List.of(Trees.regress(op, tensor(inputs, 0), memory));
      case TREE_ENSEMBLE_CLASSIFIER -> Trees.classify(op, tensor(inputs, 0), memory);
    };
  }

  private static DenseTensor tensor(List<Optional<Data>> inputs, int index) {
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
