package dev.sardonyx.models.golden;

import static dev.sardonyx.models.golden.TorchSubject.function;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.Sardonyx;
import dev.sardonyx.api.nn.Embedding;
import dev.sardonyx.api.tensor.Generator;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Shape;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

class NormalTest extends TorchTheme {
  private static final UnaryOperator<Tensor> FEW = x -> x.add(draws(7, 0, 1, 5, 3, 1, 15));
  private static final UnaryOperator<Tensor> BLOCKS =
      x -> x.add(draws(3, 0, 1, 16, 35, 3, 100, 2, 400));
  private static final UnaryOperator<Tensor> MEAN_STD = x -> x.add(draws(11, 0.5, 0.02, 7, 40));

  NormalTest() {
    super("normal");
    add("few", () -> function(FEW));
    add("blocks", () -> function(BLOCKS));
    add("mean_std", () -> function(MEAN_STD));
    add("Embedding_seed_42", () -> TorchSubject.layer(new Embedding(7, 5, o -> o.paddingIdx(2))));
  }

  private static Tensor draws(long seed, double mean, double std, long... sizes) {
    var generator = new Generator(seed);
    return Tensor.cat(
        Arrays.stream(sizes)
            .<Tensor>mapToObj(size -> generator.normal(Shape.of(size), mean, std))
            .toList(),
        0);
  }

  private static void assertBits(String name, UnaryOperator<Tensor> ours) {
    TorchCase expected = TorchCase.of("normal", name);
    assertThat(ours.apply(expected.inputs().getFirst()).floats())
        .as(name)
        .containsExactly(expected.outputs().getFirst().floats());
  }

  @Test
  void normalNumbersArePyTorchsToTheBit() {
    assertBits("few", FEW);
    assertBits("blocks", BLOCKS);
    assertBits("mean_std", MEAN_STD);
  }

  @Test
  @ResourceLock("the default generator")
  void embeddingStartsWithPyTorchsWeightsToTheBit() {
    Sardonyx.manualSeed(42);
    var embedding = new Embedding(7, 5, o -> o.paddingIdx(2));
    var expected = TorchCase.of("normal", "Embedding_seed_42").weights().entries();
    assertThat(embedding.weight().floats())
        .containsExactly(Golden.named(expected, "weight").floats());
  }
}
