package dev.sardonyx.models.check;

import static dev.sardonyx.models.check.BothEngines.agree;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.Attribute;
import dev.sardonyx.api.op.Attributes;
import dev.sardonyx.api.op.MlOp;
import dev.sardonyx.api.op.Op;
import dev.sardonyx.api.op.Operators;
import dev.sardonyx.api.tensor.Operations;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators of classical machine learning on both engines. */
class MlOperatorsTest {
  private static Op op(String name, Object... attributes) {
    Attributes all = Attributes.none();
    for (int i = 0; i < attributes.length; i += 2) {
      all = all.with((String) attributes[i], attribute(attributes[i + 1]));
    }
    return Operators.read(MlOp.DOMAIN, name, all).orElseThrow();
  }

  private static Attribute attribute(Object value) {
    return switch (value) {
      case Attribute attribute -> attribute;
      case String text -> Attribute.of(text);
      case Integer number -> Attribute.of((long) number);
      case Float number -> Attribute.of(number);
      default -> throw new IllegalArgumentException();
    };
  }

  private static Attribute floats(double... values) {
    List<Float> list = new ArrayList<>();
    for (double value : values) {
      list.add((float) value);
    }
    return new Attribute.Floats(list);
  }

  private static Attribute ints(long... values) {
    List<Long> list = new ArrayList<>();
    for (long value : values) {
      list.add(value);
    }
    return new Attribute.Ints(list);
  }

  private static Attribute strings(String... values) {
    return new Attribute.Strings(List.of(values));
  }

  private static Tensor x(int rows, int columns) {
    var random = new Random(7);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(-8, 9) / 4f;
    }
    return Tensor.of(values, rows, columns);
  }

  @Test
  void columnsAreChangedEachAlone() {
    agree(op("Binarizer", "threshold", 0.5f), x(4, 3));
    agree(op("Scaler", "offset", floats(1, 2, 3), "scale", floats(0.5, 2, -1)), x(4, 3));
    agree(op("Scaler", "offset", floats(1), "scale", floats(3)), x(4, 3));
    agree(
        op("Imputer", "imputed_value_floats", floats(7, 8, 9), "replaced_value_float", 0.5f),
        x(6, 3));
    agree(
        op("Imputer", "imputed_value_floats", floats(7), "replaced_value_float", Float.NaN),
        Tensor.of(new float[] {1, Float.NaN, 2, 0}, 2, 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"MAX", "L1", "L2"})
  void rowsAreNormalized(String norm) {
    agree(op("Normalizer", "norm", norm), x(5, 4));
  }

  @Test
  void columnsAreTakenByIndex() {
    Tensor indices = Tensor.of(new long[] {2, 0}, 2);
    agree(op("ArrayFeatureExtractor"), 2, x(4, 3), indices);
    agree(op("ArrayFeatureExtractor"), 2, Tensor.of(new float[] {1, 2, 3}, 3), indices);
  }

  @Test
  void elementsAreLookedUp() {
    Tensor x = Tensor.of(new long[] {1, 5, 7, 5}, 2, 2);
    agree(op("LabelEncoder", "keys_int64s", ints(5, 1), "values_floats", floats(0.5, 2)), x);
    agree(
        op(
            "LabelEncoder",
            "keys_int64s",
            ints(5, 1),
            "values_int64s",
            ints(50, 10),
            "default_int64",
            3),
        x);
    agree(op("OneHotEncoder", "cats_int64s", ints(5, 1, 9), "zeros", 1), x);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO"})
  void linearFunctions(String transform) {
    Attribute coefficients = floats(1, -2, 0.5, 0.25, 3, 1, -1, 0, 2);
    agree(
        op(
            "LinearRegressor",
            "coefficients",
            coefficients,
            "intercepts",
            floats(0.5, 1, -1),
            "targets",
            3,
            "post_transform",
            transform),
        x(5, 3));
    agree(
        op(
            "LinearClassifier",
            "coefficients",
            coefficients,
            "intercepts",
            floats(0.5, 1, -1),
            "classlabels_ints",
            ints(4, 5, 6),
            "post_transform",
            transform),
        x(5, 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO"})
  void oneLinearFunctionForTwoClasses(String transform) {
    agree(
        op(
            "LinearClassifier",
            "coefficients",
            floats(1, -2, 0.5),
            "intercepts",
            floats(0.5),
            "classlabels_ints",
            ints(0, 1),
            "post_transform",
            transform),
        x(5, 3));
  }

  /** Two trees: of depth 2 with all kinds of comparisons, and a lone leaf. */
  private static Object[] nodes(String mode) {
    return new Object[] {
      "nodes_treeids", ints(0, 0, 0, 0, 0, 1, 1, 1),
      "nodes_nodeids", ints(0, 1, 2, 3, 4, 0, 1, 2),
      "nodes_featureids", ints(0, 2, 0, 0, 0, 1, 0, 0),
      "nodes_values", floats(0.5, -0.25, 0, 0, 0, 0.75, 0, 0),
      "nodes_modes", strings(mode, "BRANCH_LT", "LEAF", "LEAF", "LEAF", mode, "LEAF", "LEAF"),
      "nodes_truenodeids", ints(1, 3, 0, 0, 0, 1, 0, 0),
      "nodes_falsenodeids", ints(2, 4, 0, 0, 0, 2, 0, 0),
      "nodes_missing_value_tracks_true", ints(1, 0, 0, 0, 0, 0, 0, 0),
    };
  }

  private static Op trees(String name, Object[] nodes, Object... others) {
    Object[] all = new Object[nodes.length + others.length];
    System.arraycopy(nodes, 0, all, 0, nodes.length);
    System.arraycopy(others, 0, all, nodes.length, others.length);
    return op(name, all);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ"})
  void treesOfEveryMode(String mode) {
    Tensor missing =
        Tensor.of(new float[] {Float.NaN, 1, 0, 0.5f, Float.NaN, -1, 0.5f, 0.75f, Float.NaN}, 3, 3);
    for (String aggregate : List.of("SUM", "AVERAGE", "MIN", "MAX")) {
      Op op =
          trees(
              "TreeEnsembleRegressor",
              nodes(mode),
              "aggregate_function",
              aggregate,
              "n_targets",
              2,
              "base_values",
              floats(0.25, 0.5),
              "target_treeids",
              ints(0, 0, 0, 0, 1, 1, 1, 1),
              "target_nodeids",
              ints(2, 3, 4, 4, 1, 1, 2, 2),
              "target_ids",
              ints(0, 1, 0, 1, 0, 1, 0, 1),
              "target_weights",
              floats(1, 2, 3, -4, 5, 6, -7, 8));
      agree(op, x(9, 3));
      agree(op, missing);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO"})
  void treesVoteForOneOfManyClasses(String transform) {
    agree(
        trees(
            "TreeEnsembleClassifier",
            nodes("BRANCH_LEQ"),
            "classlabels_int64s",
            ints(10, 20, 30),
            "post_transform",
            transform,
            "base_values",
            floats(0.5, 0.25, -0.125),
            "class_treeids",
            ints(0, 0, 0, 0, 1, 1),
            "class_nodeids",
            ints(2, 3, 4, 4, 1, 2),
            "class_ids",
            ints(0, 1, 2, 0, 1, 2),
            "class_weights",
            floats(0.5, 0.75, 0.125, 0.25, 0.3, 0.2)),
        x(9, 3));
  }

  private static Op twoClasses(long voted, float weight, String transform, Attribute base) {
    return trees(
        "TreeEnsembleClassifier",
        nodes("BRANCH_LEQ"),
        "classlabels_int64s",
        ints(10, 20),
        "post_transform",
        transform,
        "base_values",
        base,
        "class_treeids",
        ints(0, 0, 0, 1, 1),
        "class_nodeids",
        ints(2, 3, 4, 1, 2),
        "class_ids",
        ints(voted, voted, voted, voted, voted),
        "class_weights",
        floats(weight, 0.75, 0.1, 0.3, 0.2));
  }

  @ParameterizedTest
  @ValueSource(floats = {0.4f, -0.4f})
  void treesVoteForTheSecondOfTwoClasses(float weight) {
    for (String transform : List.of("NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO")) {
      agree(twoClasses(0, weight, transform, floats()), x(9, 3));
      agree(twoClasses(0, weight, transform, floats(-0.45)), x(9, 3));
      agree(twoClasses(1, weight, transform, floats()), x(9, 3));
    }
  }

  @Test
  void baseValuesThatMeanNothingAreRefused() {
    for (Op op :
        List.of(
            twoClasses(1, 0.4f, "NONE", floats(0.5)),
            twoClasses(1, 0.4f, "NONE", floats(0.5, 0.25)),
            twoClasses(0, 0.4f, "NONE", floats(0.5, 0.25)))) {
      assertThatThrownBy(() -> Operations.applyAll(op, List.of(Optional.of(x(1, 3)))))
          .isInstanceOf(SardonyxException.class)
          .hasMessageContaining("base_values for 2 classes");
    }
  }

  private static Attribute tensor(Tensor tensor) {
    ByteBuffer bytes = tensor.dense().segment().asByteBuffer();
    return new Attribute.TensorValue(tensor.dtype(), List.of(tensor.dense().elements()), bytes);
  }

  /** Two trees in the newest form, with a node that looks in a set. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void treesOfTheNewestForm(int mode) {
    for (int aggregate = 0; aggregate < 4; aggregate++) {
      Op op =
          op(
              "TreeEnsemble",
              "tree_roots",
              ints(0, 2),
              "nodes_featureids",
              ints(0, 2, 1),
              "nodes_modes",
              tensor(Tensor.of(new long[] {mode, 6, mode}, 3).to(DType.UINT8)),
              "nodes_splits",
              tensor(Tensor.of(new float[] {1, 0, -1}, 3)),
              "membership_values",
              tensor(sets(mode == 6)),
              "nodes_truenodeids",
              ints(1, 0, 3),
              "nodes_trueleafs",
              ints(0, 1, 1),
              "nodes_falsenodeids",
              ints(2, 1, 4),
              "nodes_falseleafs",
              ints(1, 1, 1),
              "leaf_targetids",
              ints(0, 1, 0, 1, 0),
              "leaf_weights",
              tensor(Tensor.of(new float[] {0.5f, -2, 3, 1.25f, 4}, 5)),
              "n_targets",
              2,
              "aggregate_function",
              aggregate);
      agree(op, Tensor.of(new float[] {1, -1, 2, 0, 1, -2, 2, -1, 1, -1, 0, 2}, 4, 3));
    }
  }

  /** The values that are looked for, for each node that looks in a set, each set ended by a NaN. */
  private static Tensor sets(boolean all) {
    float nan = Float.NaN;
    return all
        ? Tensor.of(new float[] {1, 2, nan, 2, -2, nan, -1, nan}, 8)
        : Tensor.of(new float[] {2, -2, nan}, 3);
  }

  @Test
  void treesOfOneClassAreRefused() {
    Op op =
        trees(
            "TreeEnsembleClassifier",
            nodes("BRANCH_LEQ"),
            "classlabels_int64s",
            ints(10),
            "class_treeids",
            ints(0),
            "class_nodeids",
            ints(2),
            "class_ids",
            ints(0),
            "class_weights",
            floats(0.5));
    assertThatThrownBy(() -> Operations.applyAll(op, List.of(Optional.of(x(1, 3)))))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("labels for 1 classes");
  }

  @Test
  void treesThatAreNoneAreRefused() {
    assertThatThrownBy(() -> cycle(0)).hasMessageContaining("form a cycle");
    assertThatThrownBy(() -> cycle(7)).hasMessageContaining("tree 0 has no node 7");
    assertThatThrownBy(() -> cycle(-1))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("tree 0 has no node -1");
  }

  @Test
  void sizesThatAreNoneAreRefused() {
    Op many = op("LinearRegressor", "targets", Attribute.of((long) Integer.MAX_VALUE));
    assertThatThrownBy(() -> Operations.apply(many, x(1, 0)))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("targets must be 1 to");
    Op negative = op("FeatureVectorizer", "inputdimensions", ints(-1));
    assertThatThrownBy(() -> Operations.apply(negative, x(1, 1)))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("inputdimensions must be sizes");
  }

  private static Op cycle(long child) {
    return op(
        "TreeEnsembleRegressor",
        "nodes_treeids",
        ints(0, 0),
        "nodes_nodeids",
        ints(0, 1),
        "nodes_featureids",
        ints(0, 0),
        "nodes_values",
        floats(0, 0),
        "nodes_modes",
        strings("BRANCH_LEQ", "LEAF"),
        "nodes_truenodeids",
        ints(child, 0),
        "nodes_falsenodeids",
        ints(1, 0));
  }
}
