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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Support vector machines made at random, on both engines. */
class SupportVectorsTest {
  private static final List<String> KERNELS = List.of("LINEAR", "POLY", "RBF", "SIGMOID");

  private final Random random = new Random(11);

  private Attribute floats(int count) {
    List<Float> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(random.nextFloat(-1, 1));
    }
    return new Attribute.Floats(values);
  }

  private static Attribute ints(int count, long value) {
    List<Long> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(value + i);
    }
    return new Attribute.Ints(values);
  }

  private Tensor x(int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat(-2, 2);
    }
    return Tensor.of(values, rows, columns);
  }

  private Attributes kernel(String type, String transform) {
    return Attributes.none()
        .with("kernel_type", Attribute.of(type))
        .with("kernel_params", new Attribute.Floats(List.of(0.5f, 0.25f, 3f)))
        .with("post_transform", Attribute.of(transform));
  }

  private static Op op(String name, Attributes attributes) {
    return Operators.read(MlOp.DOMAIN, name, attributes).orElseThrow();
  }

  /** Classes have 1, 2, 3, ... vectors. */
  private Attributes classifier(String kernel, String transform, int classes, int columns) {
    int vectors = classes * (classes + 1) / 2;
    return kernel(kernel, transform)
        .with("classlabels_ints", ints(classes, 5))
        .with("vectors_per_class", ints(classes, 1))
        .with("support_vectors", floats(vectors * columns))
        .with("coefficients", floats((classes - 1) * vectors))
        .with("rho", floats(classes * (classes - 1) / 2));
  }

  @ParameterizedTest
  @CsvSource({"2,NONE", "2,LOGISTIC", "2,SOFTMAX", "2,SOFTMAX_ZERO", "3,NONE", "3,LOGISTIC"})
  @CsvSource({"4,SOFTMAX", "4,SOFTMAX_ZERO", "5,NONE"})
  void pairsOfClassesVote(int classes, String transform) {
    for (String kernel : KERNELS) {
      agree(op("SVMClassifier", classifier(kernel, transform, classes, 3)), x(20, 3));
    }
  }

  @ParameterizedTest
  @CsvSource({"2,NONE", "2,LOGISTIC", "2,SOFTMAX", "2,PROBIT", "3,NONE", "3,SOFTMAX_ZERO"})
  @CsvSource({"4,LOGISTIC", "6,NONE"})
  void probabilitiesAreCoupled(int classes, String transform) {
    int pairs = classes * (classes - 1) / 2;
    for (String kernel : KERNELS) {
      Attributes attributes =
          classifier(kernel, transform, classes, 3)
              .with("prob_a", floats(pairs))
              .with("prob_b", floats(pairs));
      agree(op("SVMClassifier", attributes), x(20, 3));
    }
  }

  @ParameterizedTest
  @CsvSource({"2,NONE", "2,LOGISTIC", "3,NONE", "3,SOFTMAX", "4,SOFTMAX_ZERO"})
  void classesHaveFunctionsWithoutVectors(int classes, String transform) {
    Attributes attributes =
        kernel("LINEAR", transform)
            .with("classlabels_ints", ints(classes, 5))
            .with("coefficients", floats(classes * 3))
            .with("rho", floats(1));
    agree(op("SVMClassifier", attributes), x(20, 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void likenessesAreSummed(int oneClass) {
    for (String kernel : KERNELS) {
      Attributes attributes =
          kernel(kernel, "NONE")
              .with("one_class", Attribute.of((long) oneClass))
              .with("rho", floats(1));
      Attributes vectors =
          attributes
              .with("n_supports", Attribute.of(5L))
              .with("support_vectors", floats(15))
              .with("coefficients", floats(5));
      agree(op("SVMRegressor", vectors), x(20, 3));
      Attributes linear =
          attributes.with("n_supports", Attribute.of(0L)).with("coefficients", floats(3));
      agree(op("SVMRegressor", linear), x(20, 3));
    }
  }

  @Test
  void listsThatDoNotFitAreRefused() {
    Attributes whole = classifier("RBF", "NONE", 3, 3);
    for (String list : List.of("coefficients", "rho", "support_vectors", "kernel_params")) {
      refused("SVMClassifier", whole.with(list, floats(2)));
    }
    refused("SVMClassifier", whole.with("prob_a", floats(3)));
    refused("SVMClassifier", whole.with("vectors_per_class", ints(3, -1)));
    refused("SVMClassifier", whole.with("vectors_per_class", ints(3, Long.MAX_VALUE - 2)));
    refused("SVMClassifier", whole.with("classlabels_ints", ints(2, 0)));
    refused("SVMClassifier", whole.with("kernel_type", Attribute.of("NEAREST")));
    refused("SVMRegressor", kernel("RBF", "NONE").with("n_supports", Attribute.of(-1L)));
    refused("SVMRegressor", kernel("RBF", "NONE"));
    refused("SVMRegressor", kernel("RBF", "NONE").with("n_supports", Attribute.of(Long.MAX_VALUE)));
  }

  private void refused(String name, Attributes attributes) {
    assertThatThrownBy(
            () -> Operations.applyAll(op(name, attributes), List.of(Optional.of(x(2, 3)))))
        .isInstanceOf(SardonyxException.class);
  }
}
