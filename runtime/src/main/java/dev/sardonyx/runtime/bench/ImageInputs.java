package dev.sardonyx.runtime.bench;

import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Images in the place of noise: waves over the picture, with the noise that was there on top. */
public final class ImageInputs {
  private static final float NOISE = 0.2f;

  private ImageInputs() {}

  /** The inputs, and those that are float32 [N, 1 or 3, H, W] as images of mean 0. */
  public static Map<String, Data> of(Map<String, Data> inputs) {
    Map<String, Data> images = new LinkedHashMap<>();
    inputs.forEach((name, data) -> images.put(name, isImage(data) ? image((Tensor) data) : data));
    return images;
  }

  private static boolean isImage(Data data) {
    return data instanceof Tensor tensor
        && tensor.dtype() == DType.FLOAT32
        && tensor.rank() == 4
        && (tensor.shape().sizes()[1] == 1 || tensor.shape().sizes()[1] == 3);
  }

  private static DenseTensor image(Tensor noise) {
    long[] sizes = noise.shape().sizes();
    float[] values = noise.floats().clone();
    int height = (int) sizes[2];
    int width = (int) sizes[3];
    double[] sines = waves(width, x -> Math.sin(7 * x));
    double[] cosines = waves(width, x -> Math.cos(7 * x));
    double[] across = {};
    for (int row = 0; row < values.length / width; row++) {
      int plane = row / height;
      across = row % height == 0 ? waves(width, x -> Math.sin(3 * x + plane)) : across;
      double y = 2 * Math.PI * (row % height) / height;
      double sine = Math.sin(7 * y);
      double cosine = Math.cos(7 * y);
      double down = Math.cos(2 * y - plane);
      for (int i = 0; i < width; i++) {
        double diagonal = sines[i] * cosine + cosines[i] * sine; // the sine of 7 (x + y)
        int at = row * width + i;
        values[at] = (float) (across[i] * down + diagonal) + NOISE * values[at];
      }
    }
    return Tensor.of(values, sizes).dense();
  }

  /** A wave at each of some places along one turn. */
  private static double[] waves(int places, DoubleUnaryOperator wave) {
    var values = new double[places];
    for (int i = 0; i < places; i++) {
      values[i] = wave.applyAsDouble(2 * Math.PI * i / places);
    }
    return values;
  }
}
