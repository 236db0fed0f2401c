package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.type.ValueType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An operator of classical machine learning. Their attributes are long lists of numbers, so they
 * stay as they are in the file; trees are checked as they are read. Source: ONNX ai.onnx.ml.
 */
public record MlOp(Kind kind, Attributes attributes, Optional<DecisionTrees> trees) implements Op {
  /** The operator set. */
  public static final String DOMAIN = "ai.onnx.ml";

  /** The operators, with the version that has their attributes, and these. */
  public enum Kind {
    /** Columns of the last axis at indices. */
    ARRAY_FEATURE_EXTRACTOR("ArrayFeatureExtractor", 1, ""),
    /** 1 above a threshold, else 0. */
    BINARIZER("Binarizer", 1, "threshold"),
    /** The values of a map as a row. */
    CAST_MAP("CastMap", 1, "cast_to map_form max_map"),
    /** Strings to integers or back. */
    CATEGORY_MAPPER("CategoryMapper", 1, "cats_int64s cats_strings default_int64 default_string"),
    /** The values of a map in the order of a vocabulary. */
    DICT_VECTORIZER("DictVectorizer", 1, "int64_vocabulary string_vocabulary"),
    /** Columns of several tensors side by side, as floats. */
    FEATURE_VECTORIZER("FeatureVectorizer", 1, "inputdimensions"),
    /** One value replaced by others. */
    IMPUTER(
        "Imputer",
        1,
        "imputed_value_floats imputed_value_int64s replaced_value_float replaced_value_int64"),
    /** Each element by a table. */
    LABEL_ENCODER(
        "LabelEncoder",
        2,
        "default_float default_int64 default_string default_tensor keys_floats keys_int64s"
            + " keys_strings keys_tensor values_floats values_int64s values_strings"
            + " values_tensor"),
    /** The class of the greatest of linear functions. */
    LINEAR_CLASSIFIER(
        "LinearClassifier",
        1,
        "classlabels_ints classlabels_strings coefficients intercepts multi_class post_transform"),
    /** Linear functions. */
    LINEAR_REGRESSOR("LinearRegressor", 1, "coefficients intercepts post_transform targets"),
    /** Rows over their largest element or norm. */
    NORMALIZER("Normalizer", 1, "norm"),
    /** A new last axis with a 1 at each element's category. */
    ONE_HOT_ENCODER("OneHotEncoder", 1, "cats_int64s cats_strings zeros"),
    /** Moved by an offset, then scaled, per column. */
    SCALER("Scaler", 1, "offset scale"),
    /** The class that wins most pairs, by likeness to support vectors. */
    SVM_CLASSIFIER(
        "SVMClassifier",
        1,
        "classlabels_ints classlabels_strings coefficients kernel_params kernel_type post_transform"
            + " prob_a prob_b rho support_vectors vectors_per_class"),
    /** A sum over likenesses to support vectors. */
    SVM_REGRESSOR(
        "SVMRegressor",
        1,
        "coefficients kernel_params kernel_type n_supports one_class post_transform rho"
            + " support_vectors"),
    /** Sums of votes at the leaves of trees. */
    TREE_ENSEMBLE(
        "TreeEnsemble",
        5,
        "aggregate_function leaf_targetids leaf_weights membership_values n_targets"
            + " nodes_falseleafs nodes_falsenodeids nodes_featureids nodes_hitrates"
            + " nodes_missing_value_tracks_true nodes_modes nodes_splits nodes_trueleafs"
            + " nodes_truenodeids post_transform tree_roots"),
    /** The class of the most votes of trees. */
    TREE_ENSEMBLE_CLASSIFIER(
        "TreeEnsembleClassifier",
        3,
        "base_values base_values_as_tensor class_ids class_nodeids class_treeids class_weights"
            + " class_weights_as_tensor classlabels_int64s classlabels_strings post_transform "
            + Kind.NODES),
    /** Sums of votes of trees. */
    TREE_ENSEMBLE_REGRESSOR(
        "TreeEnsembleRegressor",
        3,
        "aggregate_function base_values base_values_as_tensor n_targets post_transform target_ids"
            + " target_nodeids target_treeids target_weights target_weights_as_tensor "
            + Kind.NODES),
    /** Rows as maps from labels to their elements. */
    ZIP_MAP("ZipMap", 1, "classlabels_int64s classlabels_strings");

    private static final String NODES =
        "nodes_falsenodeids nodes_featureids nodes_hitrates nodes_hitrates_as_tensor"
            + " nodes_missing_value_tracks_true nodes_modes nodes_nodeids nodes_treeids"
            + " nodes_truenodeids nodes_values nodes_values_as_tensor";

    private final String text;
    private final int sinceOpset;
    private final List<String> attributes;

    Kind(String text, int sinceOpset, String attributes) {
      this.text = text;
      this.sinceOpset = sinceOpset;
      this.attributes = List.of(attributes.split(" "));
    }
  }

  /**
   * The operator of a name; empty when the vocabulary does not have it. Errors: UNSUPPORTED for
   * attributes that are not known, FORMAT for trees that are none.
   */
  static Optional<Op> read(String name, Attributes attributes) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.text.equals(name))
        .findFirst()
        .map(
            kind -> {
              attributes.only(kind.attributes.toArray(String[]::new));
              return new MlOp(kind, attributes, trees(kind, attributes));
            });
  }

  private static Optional<DecisionTrees> trees(Kind kind, Attributes attributes) {
    return switch (kind) {
      case TREE_ENSEMBLE -> Optional.of(TreeReader.leaves(attributes));
      case TREE_ENSEMBLE_CLASSIFIER -> Optional.of(TreeReader.nodes(attributes, "class"));
      case TREE_ENSEMBLE_REGRESSOR -> Optional.of(TreeReader.nodes(attributes, "target"));
      default -> Optional.empty();
    };
  }

  @Override
  public String name() {
    return kind.text;
  }

  @Override
  public String domain() {
    return DOMAIN;
  }

  /** Attributes that are tensors came later. */
  @Override
  public int sinceOpset() {
    boolean tensors =
        attributes.byName().values().stream().anyMatch(Attribute.TensorValue.class::isInstance);
    return switch (kind) {
      case LABEL_ENCODER -> tensors ? 4 : 2;
      case TREE_ENSEMBLE_CLASSIFIER, TREE_ENSEMBLE_REGRESSOR -> tensors ? 3 : 1;
      default -> kind.sinceOpset;
    };
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    return new MlInference(this, in).infer();
  }

  /** The labels of classes, if they are integers. */
  public List<Long> integerLabels() {
    List<Long> ints = attributes.longs("classlabels_ints");
    return ints.isEmpty() ? attributes.longs("classlabels_int64s") : ints;
  }

  /** How many classes there are. */
  public int labels() {
    return integerLabels().size() + attributes.strings("classlabels_strings").size();
  }

  SardonyxException refused(String law) {
    return new SardonyxException(ErrorCode.ARGUMENT, name() + ": " + law);
  }
}
