package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.MapType;
import dev.sardonyx.api.type.SequenceType;
import dev.sardonyx.api.type.Shape;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The types of what operators of machine learning give. */
final class MlInference {
  private static final int MOST_TARGETS = 1 << 20;

  private final MlOp op;
  private final Inputs in;
  private final Attributes attributes;

  MlInference(MlOp op, Inputs in) {
    this.op = op;
    this.in = in;
    this.attributes = op.attributes();
  }

  List<ValueType> infer() {
    return switch (op.kind()) {
      case ARRAY_FEATURE_EXTRACTOR -> List.of(columns());
      case BINARIZER, IMPUTER -> List.of(in.requireCount(1, 1).atLeastRank(0, "X", 1));
      case NORMALIZER, SCALER -> List.of(floats(in.atLeastRank(0, "X", 1).shape()));
      case CAST_MAP -> List.of(castMap());
      case CATEGORY_MAPPER -> List.of(mapped());
      case DICT_VECTORIZER -> List.of(vectorized());
      case FEATURE_VECTORIZER -> List.of(TensorType.of(DType.FLOAT32, rows(), sum()));
      case LABEL_ENCODER ->
          List.of(new TensorType(valueType(), in.requireCount(1, 1).tensor(0, "X").shape()));
      case LINEAR_CLASSIFIER, SVM_CLASSIFIER, TREE_ENSEMBLE_CLASSIFIER -> classes();
      case LINEAR_REGRESSOR -> List.of(TensorType.of(DType.FLOAT32, rows(), targets("targets")));
      case SVM_REGRESSOR -> List.of(TensorType.of(DType.FLOAT32, rows(), Dim.of(1)));
      case TREE_ENSEMBLE_REGRESSOR ->
          List.of(TensorType.of(DType.FLOAT32, rows(), targets("n_targets")));
      case TREE_ENSEMBLE ->
          List.of(TensorType.of(in.requireFloat(0, "X").dtype(), rows(), targets("n_targets")));
      case ONE_HOT_ENCODER -> List.of(oneHot());
      case ZIP_MAP -> List.of(zipped());
    };
  }

  private static TensorType floats(Shape shape) {
    return new TensorType(DType.FLOAT32, shape);
  }

  /** The number of rows of X; a vector is one. */
  private Dim rows() {
    Shape x = in.atLeastRank(0, "X", 1).shape();
    if (!x.isKnown()) {
      return new Dim.Unknown();
    }
    if (x.rank() > 2) {
      throw in.shapeError("X must have rank 1 or 2, found " + x);
    }
    return x.rank() == 1 ? Dim.of(1) : x.dim(0);
  }

  private Dim targets(String name) {
    long targets = attributes.integer(name, 1);
    if (targets < 1 || targets > MOST_TARGETS) {
      throw in.argumentError(name + " must be 1 to " + MOST_TARGETS + ", found " + targets);
    }
    return Dim.of(targets);
  }

  private TensorType columns() {
    TensorType x = in.requireCount(2, 2).atLeastRank(0, "X", 1);
    TensorType indices = in.tensor(1, "Y");
    if (!x.shape().isKnown() || !indices.shape().isKnown()) {
      return x.withShape(Shape.unknown());
    }
    List<Dim> dims = new ArrayList<>(x.shape().dims());
    dims.set(x.rank() - 1, indices.shape().elements());
    if (x.rank() == 1) {
      dims.addFirst(Dim.of(1));
    }
    return x.withShape(Shape.of(dims));
  }

  private TensorType castMap() {
    DType type =
        switch (attributes.string("cast_to", "TO_FLOAT")) {
          case "TO_FLOAT" -> DType.FLOAT32;
          case "TO_STRING" -> DType.STRING;
          case "TO_INT64" -> DType.INT64;
          case String other -> throw in.argumentError("cast_to cannot be " + other);
        };
    boolean sparse = attributes.string("map_form", "DENSE").equals("SPARSE");
    if (sparse && attributes.integer("max_map", 1) < 0) {
      throw in.argumentError("max_map must be a size");
    }
    return TensorType.of(
        type, Dim.of(1), sparse ? Dim.of(attributes.integer("max_map", 1)) : new Dim.Unknown());
  }

  private TensorType mapped() {
    TensorType x = in.requireCount(1, 1).tensor(0, "X");
    return new TensorType(x.dtype() == DType.STRING ? DType.INT64 : DType.STRING, x.shape());
  }

  private ValueType vectorized() {
    int size =
        attributes.strings("string_vocabulary").size()
            + attributes.longs("int64_vocabulary").size();
    return in.value(0, "X") instanceof MapType(_, TensorType value)
        ? TensorType.of(value.dtype(), Dim.of(1), Dim.of(size))
        : throwNoMap();
  }

  private ValueType throwNoMap() {
    throw in.argumentError("X must be a map, found " + in.value(0, "X"));
  }

  private Dim sum() {
    Dim sum = Dim.of(0);
    List<Long> sizes = attributes.longs("inputdimensions");
    if (sizes.size() != in.count()) {
      throw in.argumentError(
          "inputdimensions must have a size for each of %d inputs, found %s"
              .formatted(in.count(), sizes));
    }
    for (long size : sizes) {
      if (size < 0 || size > Integer.MAX_VALUE) {
        throw in.argumentError("inputdimensions must be sizes, found " + sizes);
      }
      sum = sum.plus(Dim.of(size));
    }
    return sum;
  }

  private DType valueType() {
    Map<String, Attribute> given = attributes.byName();
    if (given.get("values_tensor") instanceof Attribute.TensorValue values) {
      return values.dtype();
    }
    return given.containsKey("values_strings")
        ? DType.STRING
        : given.containsKey("values_int64s") ? DType.INT64 : DType.FLOAT32;
  }

  /** Labels, and scores of all classes. */
  private List<ValueType> classes() {
    boolean strings = !attributes.strings("classlabels_strings").isEmpty();
    if (strings == !op.integerLabels().isEmpty()) {
      throw in.argumentError("labels must be given as strings or as integers");
    }
    Dim rows = rows();
    int scores = op.labels();
    if (op.kind() == MlOp.Kind.LINEAR_CLASSIFIER) {
      int functions = attributes.floats("intercepts").size();
      scores = functions == 1 && scores == 2 ? 2 : functions;
    }
    boolean pairs = attributes.longs("vectors_per_class").stream().anyMatch(count -> count != 0);
    Dim columns = Dim.of(scores);
    if (pairs && scores > 2 && attributes.floats("prob_a").isEmpty()) {
      columns = Dim.of(scores * (scores - 1L) / 2);
    }
    return List.of(
        TensorType.of(strings ? DType.STRING : DType.INT64, rows),
        TensorType.of(DType.FLOAT32, rows, columns));
  }

  private TensorType oneHot() {
    Shape x = in.requireCount(1, 1).tensor(0, "X").shape();
    if (!x.isKnown()) {
      return floats(x);
    }
    List<Dim> dims = new ArrayList<>(x.dims());
    dims.add(
        Dim.of(attributes.strings("cats_strings").size() + attributes.longs("cats_int64s").size()));
    return floats(Shape.of(dims));
  }

  private SequenceType zipped() {
    boolean strings = !attributes.strings("classlabels_strings").isEmpty();
    return new SequenceType(
        new MapType(
            strings ? DType.STRING : DType.INT64, TensorType.of(DType.FLOAT32, new long[0])));
  }
}
