package dev.sardonyx.processor.shape;

import dev.sardonyx.api.nn.AdaptiveAvgPool2d;
import dev.sardonyx.api.nn.AvgPool2d;
import dev.sardonyx.api.nn.BatchNorm1d;
import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv1d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.ConvTranspose2d;
import dev.sardonyx.api.nn.Dropout;
import dev.sardonyx.api.nn.Embedding;
import dev.sardonyx.api.nn.Flatten;
import dev.sardonyx.api.nn.GELU;
import dev.sardonyx.api.nn.GLU;
import dev.sardonyx.api.nn.GRU;
import dev.sardonyx.api.nn.GroupNorm;
import dev.sardonyx.api.nn.LSTM;
import dev.sardonyx.api.nn.LayerNorm;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.PReLU;
import dev.sardonyx.api.nn.PixelShuffle;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Softmax;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import java.util.List;
import java.util.Random;

/** Steps with random numbers, most of which fit the tensor that they will get. */
final class Steps {
  private static final int KINDS = 33;

  private final Random random;
  private final TensorType type;

  Steps(Random random, TensorType type) {
    this.random = random;
    this.type = type;
  }

  /** The size of an axis where it is known, at times another number. */
  private int size(int axis) {
    boolean inside = axis >= -type.rank() && axis < type.rank();
    Dim dim = inside ? type.dim(axis) : Dim.of(5);
    boolean right = dim.isFixed() && dim.fixed() > 0 && dim.fixed() < 2000;
    int known = right ? (int) dim.fixed() : 6;
    return random.nextInt(25) == 0 ? known + 1 + random.nextInt(3) : known;
  }

  private int axis() {
    int rank = Math.max(1, type.rank());
    int axis = random.nextInt(2 * rank) - rank;
    return random.nextInt(40) == 0 ? rank : axis;
  }

  private int small() {
    return 1 + random.nextInt(4);
  }

  private int width() {
    return 2 + random.nextInt(11);
  }

  Step next() {
    int kind = random.nextInt(KINDS);
    if (type.dtype() != DType.FLOAT32 && random.nextInt(4) > 0) {
      return ofIntegers();
    }
    return kind < 19 ? layer(kind) : operation(kind);
  }

  private Step ofIntegers() {
    return switch (random.nextInt(3)) {
      case 0 -> {
        int width = width();
        yield Step.layer("new Embedding(50, " + width + ")", new Embedding(50, width));
      }
      case 1 -> Step.operation("$x.to(DType.FLOAT32)", x -> x.to(DType.FLOAT32));
      default -> Step.operation("$x.add(1.5)", x -> x.add(1.5));
    };
  }

  private Step layer(int kind) {
    int in = size(-1);
    int channels = size(1);
    int out = width();
    int k = small();
    int stride = 1 + random.nextInt(2);
    return switch (kind) {
      case 0, 1, 2, 3 -> Step.layer("new Linear(%d, %d)".formatted(in, out), new Linear(in, out));
      case 4 -> Step.layer("new ReLU()", new ReLU());
      case 5 -> Step.layer("new GELU()", new GELU());
      case 6 -> Step.layer("new Dropout(0.1)", new Dropout(0.1));
      case 7 -> Step.layer("new LayerNorm(%d)".formatted(in), new LayerNorm(in));
      case 8 ->
          type.rank() == 4
              ? Step.layer("new BatchNorm2d(%d)".formatted(channels), new BatchNorm2d(channels))
              : Step.layer("new BatchNorm1d(%d)".formatted(channels), new BatchNorm1d(channels));
      case 9 -> Step.layer("new GroupNorm(1, %d)".formatted(channels), new GroupNorm(1, channels));
      case 10, 11, 12 -> convolution(kind, channels, out, k, stride);
      case 13 -> Step.layer("new PReLU(%d)".formatted(channels), new PReLU(channels));
      case 14 ->
          random.nextBoolean()
              ? Step.layer("new MaxPool2d(%d, %d)".formatted(k, stride), new MaxPool2d(k, stride))
              : Step.layer("new AvgPool2d(%d)".formatted(k), new AvgPool2d(k));
      case 15 -> {
        GRU gru = new GRU(in, out, o -> o.batchFirst(true).bidirectional(k > 2));
        String text = "new GRU(%d, %d, o -> o.batchFirst(true).bidirectional(%s))";
        String made = text.formatted(in, out, k > 2);
        yield Step.layer(made, gru, "$l.forward($x).output()", x -> gru.forward(x).output());
      }
      case 16 -> {
        LSTM lstm = new LSTM(in, out);
        String made = "new LSTM(%d, %d)".formatted(in, out);
        yield Step.layer(made, lstm, "$l.forward($x).hidden()", x -> lstm.forward(x).hidden());
      }
      case 17 ->
          random.nextBoolean()
              ? Step.layer("new GLU()", new GLU())
              : Step.layer("new PixelShuffle(2)", new PixelShuffle(2));
      case 18 ->
          random.nextBoolean()
              ? Step.layer("new AdaptiveAvgPool2d(%d)".formatted(k), new AdaptiveAvgPool2d(k))
              : Step.layer("new Flatten(%d, -1)".formatted(stride), new Flatten(stride, -1));
      default -> throw new AssertionError(kind);
    };
  }

  private Step convolution(int kind, int channels, int out, int k, int stride) {
    if (type.rank() != 4) {
      String text = "new Conv1d(%d, %d, %d, %d, %d)".formatted(channels, out, k, stride, k / 2);
      return Step.layer(text, new Conv1d(channels, out, k, stride, k / 2));
    }
    if (kind == 12) {
      String text = "new ConvTranspose2d(%d, %d, %d, o -> o.stride(%d))";
      return Step.layer(
          text.formatted(channels, out, k, stride),
          new ConvTranspose2d(channels, out, k, o -> o.stride(stride)));
    }
    if (kind == 11) {
      String text = "new Conv2d(%d, %d, %d, o -> o.groups(%d).padding(%d))";
      String made = text.formatted(channels, channels, k, channels, k / 2);
      return Step.layer(
          made, new Conv2d(channels, channels, k, o -> o.groups(channels).padding(k / 2)));
    }
    String text = "new Conv2d(%d, %d, %d, %d, %d)".formatted(channels, out, k, stride, k / 2);
    return Step.layer(text, new Conv2d(channels, out, k, stride, k / 2));
  }

  private Step operation(int kind) {
    int a = axis();
    int b = axis();
    return switch (kind) {
      case 19 -> Step.operation("$x.flatten(%d)".formatted(a), x -> x.flatten(a));
      case 20 -> Step.operation("$x.transpose(%d, %d)".formatted(a, b), x -> x.transpose(a, b));
      case 21 -> Step.operation("$x.unsqueeze(%d)".formatted(a), x -> x.unsqueeze(a));
      case 22 -> Step.operation("$x.squeeze(%d)".formatted(a), x -> x.squeeze(a));
      case 23 -> Step.operation("$x.view($x.size(0), -1)", x -> x.view(x.size(0), -1));
      case 24 -> {
        int length = Math.max(1, size(a) / 2);
        yield Step.operation(
            "$x.narrow(%d, 0, %d)".formatted(a, length), x -> x.narrow(a, 0, length));
      }
      case 25 -> Step.operation("$x.select(%d, 1)".formatted(a), x -> x.select(a, 1));
      case 26 ->
          random.nextBoolean()
              ? Step.operation("$x.mean(%d)".formatted(a), x -> x.mean(a))
              : Step.operation("$x.sum(true, %d)".formatted(a), x -> x.sum(true, a));
      case 27 ->
          Step.operation(
              "Tensor.cat(List.of($x, $x), %d)".formatted(a), x -> Tensor.cat(List.of(x, x), a));
      case 28 ->
          Step.operation("Tensor.stack(List.of($x, $x), %d)".formatted(a), x -> stacked(x, a));
      case 29 ->
          Step.operation("$x.add($x.mean(true, %d))".formatted(a), x -> x.add(x.mean(true, a)));
      case 30 ->
          Step.operation("$x.matmul($x.transpose(-1, -2))", x -> x.matmul(x.transpose(-1, -2)));
      case 31 ->
          random.nextBoolean()
              ? Step.operation("$x.argmax(%d)".formatted(a), x -> x.argmax(a))
              : Step.layer("new Softmax(%d)".formatted(a), new Softmax(a));
      case 32 ->
          Step.operation("$x.chunk(2, %d).getLast()".formatted(a), x -> x.chunk(2, a).getLast());
      default -> throw new AssertionError(kind);
    };
  }

  private static Tensor stacked(Tensor x, int axis) {
    return Tensor.stack(List.of(x, x), axis);
  }
}
