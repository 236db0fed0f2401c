package dev.sardonyx.runtime.kernel.machine;

import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.HotArrays;
import dev.sardonyx.runtime.kernel.Kernels;
import dev.sardonyx.runtime.kernel.UnaryFunction;
import dev.sardonyx.runtime.kernel.WindowSweep;
import dev.sardonyx.runtime.kernel.machine.ProductShape.Ending;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Tries windows with a value for each channel. */
final class WindowTrials {
  private static final UnaryFunction RELU = new UnaryFunction.Relu();
  private static final UnaryFunction CLIP = new UnaryFunction.Clip(-0.5f, 0.75f);

  private WindowTrials() {}

  /** What windows end with. */
  static Epilogue epilogue(
      @Nullable MemorySegment bias, @Nullable MemorySegment residual, Ending ending) {
    return new Epilogue(
        bias,
        residual,
        switch (ending) {
          case NONE -> null;
          case RELU -> RELU;
          case CLIP -> CLIP;
        });
  }

  /** A sweep over one image: inputs are x, weights, bias, residual. */
  private static OperationTrial.Problem problem(
      WindowSweep.Fold fold,
      int channels,
      Axis height,
      Axis width,
      boolean bias,
      boolean residual,
      Ending ending) {
    int pixels = height.size() * width.size();
    int taps = height.kernel() * width.kernel();
    int n = height.output() * width.output() * channels;
    boolean weighted = fold == WindowSweep.Fold.WEIGHTED_SUM;
    return new OperationTrial.Problem(
        new int[] {pixels * channels, weighted ? taps * channels : 1, channels, n},
        n,
        1,
        (kernels, in, y) -> {
          var sweep =
              new WindowSweep(
                  fold,
                  1,
                  channels,
                  Axis.SINGLE,
                  height,
                  width,
                  1,
                  height.output(),
                  width.output(),
                  in[0],
                  weighted ? in[1] : null,
                  y,
                  epilogue(bias ? in[2] : null, residual ? in[3] : null, ending));
          kernels.sweep(sweep, 0, height.output(), new HotArrays());
        });
  }

  /** Weighted sums over three by three. */
  static final class OfNine extends OperationTrial {
    OfNine(Kernels machine) {
      super(machine, "windows of three by three");
    }

    @Override
    public int size() {
      return NineShape.COUNT;
    }

    @Override
    public String name(int number) {
      return NineShape.of(number).toString();
    }

    @Override
    Problem problem(int number, int length, int variant) {
      NineShape shape = NineShape.of(number);
      var high = new Axis(1 + variant, 3, 1 + variant % 2, 1, 1, 1);
      var wide = new Axis(4 * shape.stride() + 2 + variant, 3, shape.stride(), 1, 1, 1);
      return WindowTrials.problem(
          WindowSweep.Fold.WEIGHTED_SUM,
          length,
          high,
          wide,
          variant % 3 != 2,
          shape.residual(),
          shape.ending());
    }
  }

  /** Windows of other sizes. */
  static final class OfTaps extends OperationTrial {
    OfTaps(Kernels machine) {
      super(machine, "windows of any size");
    }

    @Override
    public int size() {
      return TapsShape.COUNT;
    }

    @Override
    public String name(int number) {
      return TapsShape.of(number).toString();
    }

    @Override
    Problem problem(int number, int length, int variant) {
      TapsShape shape = TapsShape.of(number);
      var high = new Axis(1 + variant, 2, 1, 1, 1, 0);
      var wide = new Axis(6 + variant, 2, 1 + variant % 2, 1, 0, 1);
      WindowSweep.Fold fold =
          switch (shape.fold()) {
            case WEIGHTED_SUM -> WindowSweep.Fold.WEIGHTED_SUM;
            case MAXIMUM -> WindowSweep.Fold.MAXIMUM;
            case MEAN -> variant % 2 == 0 ? WindowSweep.Fold.MEAN : WindowSweep.Fold.PADDED_MEAN;
          };
      return WindowTrials.problem(
          fold, length, high, wide, shape.bias(), shape.residual(), shape.ending());
    }
  }
}
