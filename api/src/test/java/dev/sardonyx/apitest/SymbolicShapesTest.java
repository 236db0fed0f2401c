package dev.sardonyx.apitest;

import static dev.sardonyx.apitest.Graphs.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.ReflectionPad2d;
import dev.sardonyx.api.nn.Structure;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.nn.Upsample;
import dev.sardonyx.api.tensor.Index;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SymbolicShapesTest {
  private record Body(UnaryOperator<Tensor> body) implements UnaryModule {
    @Override
    public Structure structure() {
      return Structure.of("Body");
    }

    @Override
    public Tensor forward(Tensor x) {
      return body.apply(x);
    }
  }

  private static String type(UnaryOperator<Tensor> body, String... dims) {
    return trace(new Body(body), dims).outputs().getFirst().type().toString();
  }

  @Test
  void shapesOfProductsAndSumsOfSymbolsAreComputed() {
    assertThat(
            type(
                x ->
                    x.reshape(List.of(x.size(0), x.size(1), Dim.of(2), Dim.of(4)))
                        .transpose(1, 2)
                        .reshape(List.of(x.size(0).times(Dim.of(2)), x.size(1), Dim.of(4))),
                "batch",
                "seq",
                "8"))
        .isEqualTo("float32[2*batch, seq, 4]");
    assertThat(type(x -> Tensor.zeros(List.of(x.size(1).plus(1), x.size(0))), "batch", "seq"))
        .isEqualTo("float32[seq + 1, batch]");
    assertThat(type(x -> Tensor.arange(x.size(1)), "batch", "seq")).isEqualTo("int64[seq]");
    assertThat(type(x -> Tensor.ones(1, 3).expand(List.of(x.size(0), Dim.of(3))), "batch", "seq"))
        .isEqualTo("float32[batch, 3]");
    assertThat(type(x -> x.unsqueeze(1).expand(-1, 5, -1), "batch", "4"))
        .isEqualTo("float32[batch, 5, 4]");
  }

  @Test
  void selectionsKeepSymbols() {
    assertThat(type(x -> x.get(Index.all(), Index.from(1)), "batch", "seq"))
        .isEqualTo("float32[batch, seq - 1]");
    assertThat(type(x -> x.get(Index.ellipsis(), Index.at(-1)), "batch", "seq"))
        .isEqualTo("float32[batch]");
    assertThat(type(x -> Tensor.zeros(9, 2).get(Index.to(x.size(1))), "batch", "seq"))
        .isEqualTo("float32[seq, 2]");
    assertThat(type(x -> x.flip(1), "batch", "seq")).isEqualTo("float32[batch, seq]");
    assertThat(type(x -> x.chunk(3, 1).get(2), "batch", "6")).isEqualTo("float32[batch, 2]");
    assertThat(type(x -> x.max(1).indices(), "batch", "seq")).isEqualTo("int64[batch]");
    assertThat(type(x -> x.var(1), "batch", "seq")).isEqualTo("float32[batch]");
  }

  @Test
  void layersKeepSymbols() {
    assertThat(type(x -> new ReflectionPad2d(1).forward(x), "batch", "3", "h", "5"))
        .isEqualTo("float32[batch, 3, h + 2, 7]");
    assertThat(type(x -> Functional.pixelShuffle(x, 2), "batch", "8", "h", "5"))
        .isEqualTo("float32[batch, 2, 2*h, 10]");
    assertThat(type(x -> new Upsample(o -> o.scaleFactor(1.5)).forward(x), "batch", "3", "h", "4"))
        .isEqualTo("float32[batch, 3, floor((3*h)/2), 6]");
    assertThat(type(x -> new Upsample(o -> o.size(7)).forward(x), "batch", "3", "h", "w"))
        .isEqualTo("float32[batch, 3, 7, 7]");
  }

  @Test
  void wrongIndicesAreNamedWithDimAndSize() {
    Errors.expect(
        ErrorCode.ARGUMENT,
        () -> trace(new Body(x -> x.select(1, 5)), "batch", "4"),
        "select: index 5 is outside dim 1 of size 4");
    Errors.expect(
        ErrorCode.ARGUMENT,
        () -> trace(new Body(x -> x.get(Index.at(0), Index.at(-5))), "batch", "4"),
        "get: index -5 is outside dim 1 of size 4");
    Errors.expect(
        ErrorCode.ARGUMENT,
        () -> trace(new Body(x -> x.narrow(1, 2, 3)), "batch", "4"),
        "narrow: start 2 and length 3 must lie within dim 1 of size 4");
    Errors.expect(
        ErrorCode.ARGUMENT,
        () -> trace(new Body(x -> x.get(Index.all(), Index.all(), Index.all())), "batch", "4"),
        "at most 2 indices");
    Errors.expect(
        ErrorCode.SHAPE,
        () -> trace(new Body(x -> new ReflectionPad2d(4).forward(x)), "n", "3", "4", "5"),
        "ReflectionPad2d: padding of mode reflect must be at most 3 at dim 2");
    Errors.expect(
        ErrorCode.SHAPE,
        () -> trace(new Body(x -> x.unflatten(1, 3, 2)), "batch", "4"),
        "unflatten: sizes [3, 2] must fill dim 1 of size 4");
  }
}
