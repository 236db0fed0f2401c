package dev.sardonyx.models.golden;

import static dev.sardonyx.models.golden.TorchSubject.function;

import dev.sardonyx.api.nn.ConstantPad1d;
import dev.sardonyx.api.nn.ConstantPad2d;
import dev.sardonyx.api.nn.ConstantPad3d;
import dev.sardonyx.api.nn.Embedding;
import dev.sardonyx.api.nn.Functional;
import dev.sardonyx.api.nn.PadMode;
import dev.sardonyx.api.nn.PixelShuffle;
import dev.sardonyx.api.nn.PixelUnshuffle;
import dev.sardonyx.api.nn.ReflectionPad1d;
import dev.sardonyx.api.nn.ReflectionPad2d;
import dev.sardonyx.api.nn.ReflectionPad3d;
import dev.sardonyx.api.nn.ReplicationPad1d;
import dev.sardonyx.api.nn.ReplicationPad2d;
import dev.sardonyx.api.nn.ReplicationPad3d;
import dev.sardonyx.api.nn.Unflatten;
import dev.sardonyx.api.nn.UnaryModule;
import dev.sardonyx.api.nn.ZeroPad2d;
import dev.sardonyx.api.tensor.Tensor;
import java.util.function.Supplier;

class PaddingTest extends TorchTheme {
  PaddingTest() {
    super("padding");
    constants();
    borders();
    functions();
    blocks();
    embeddings();
    symbols("PixelShuffle_unbatched", "_ height width");
  }

  private void layer(String name, Supplier<UnaryModule> layer) {
    add(name, () -> TorchSubject.layer(layer.get()));
  }

  private void constants() {
    layer("ZeroPad2d_one", () -> new ZeroPad2d(2));
    layer("ZeroPad2d_negative", () -> new ZeroPad2d(1, -1, 0, 2));
    layer("ConstantPad1d", () -> new ConstantPad1d(2, 3.5));
    layer("ConstantPad1d_sides_unbatched", () -> new ConstantPad1d(new int[] {3, 1}, -1));
    layer("ConstantPad2d_whole", () -> new ConstantPad2d(1, 7));
    layer("ConstantPad2d_sides", () -> new ConstantPad2d(new int[] {3, 0, 2, 1}, 3.5));
    layer("ConstantPad3d", () -> new ConstantPad3d(new int[] {3, 3, 6, 6, 0, 1}, 0.25));
    layer("ConstantPad3d_one", () -> new ConstantPad3d(1, 2));
  }

  private void borders() {
    layer("ReflectionPad1d", () -> new ReflectionPad1d(2));
    layer("ReflectionPad1d_unbatched", () -> new ReflectionPad1d(3, 1));
    layer("ReflectionPad2d", () -> new ReflectionPad2d(2));
    layer("ReflectionPad2d_sides", () -> new ReflectionPad2d(1, 0, 2, 1));
    layer("ReflectionPad3d", () -> new ReflectionPad3d(1));
    layer("ReflectionPad3d_sides", () -> new ReflectionPad3d(2, 0, 1, 1, 0, 1));
    layer("ReplicationPad1d", () -> new ReplicationPad1d(2));
    layer("ReplicationPad1d_sides", () -> new ReplicationPad1d(3, 1));
    layer("ReplicationPad2d", () -> new ReplicationPad2d(2));
    layer("ReplicationPad2d_sides", () -> new ReplicationPad2d(5, 0, 2, 1));
    layer("ReplicationPad3d", () -> new ReplicationPad3d(1));
    layer("ReplicationPad3d_sides", () -> new ReplicationPad3d(3, 0, 1, 1, 0, 2));
  }

  private static Tensor pad(Tensor x, PadMode mode, double value, int... pad) {
    return Functional.pad(x, pad, mode, value);
  }

  private void functions() {
    add("pad_default", () -> function(x -> Functional.pad(x, 1, 2, 0, 1)));
    add("pad_constant", () -> function(x -> pad(x, PadMode.CONSTANT, 2.5, 1, 2)));
    add("pad_int64", () -> function(x -> pad(x, PadMode.CONSTANT, 9, 0, 2)));
    add("pad_reflect", () -> function(x -> pad(x, PadMode.REFLECT, 0, 1, 2)));
    add("pad_replicate", () -> function(x -> pad(x, PadMode.REPLICATE, 0, 1, 5)));
    add("pad_circular", () -> function(x -> pad(x, PadMode.CIRCULAR, 0, 1, 3)));
    add("pad_circular2", () -> function(x -> pad(x, PadMode.CIRCULAR, 0, 1, 3, 2, 0)));
    add("pixel_shuffle", () -> function(x -> Functional.pixelShuffle(x, 2)));
    add("pixel_unshuffle", () -> function(x -> Functional.pixelUnshuffle(x, 2)));
  }

  private void blocks() {
    layer("PixelShuffle", () -> new PixelShuffle(3));
    layer("PixelShuffle_unbatched", () -> new PixelShuffle(2));
    layer("PixelUnshuffle", () -> new PixelUnshuffle(3));
    layer("PixelUnshuffle_five_dims", () -> new PixelUnshuffle(2));
    layer("Unflatten", () -> new Unflatten(1, 2, 3));
    layer("Unflatten_one", () -> new Unflatten(1, 4));
    layer("Unflatten_computed", () -> new Unflatten(-1, 2, -1));
  }

  private void embeddings() {
    layer("Embedding", () -> new Embedding(5, 3));
    layer("Embedding_padding_idx", () -> new Embedding(5, 3, o -> o.paddingIdx(-2)));
    layer(
        "Embedding_training",
        () -> new Embedding(5, 3, o -> o.scaleGradByFreq(true).sparse(true)));
    add("embedding", () -> function(Functional::embedding));
    add("one_hot", () -> function(indices -> Functional.oneHot(indices, 4)));
  }
}
