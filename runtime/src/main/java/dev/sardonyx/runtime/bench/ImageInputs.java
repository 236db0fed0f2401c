package dev.sardonyx.runtime.bench;

import dev.sardonyx.api.tensor.Data;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import java.util.LinkedHashMap;
import java.util.Map;

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
    for (int i = 0; i < values.length; i++) {
      int plane = i / (height * width);
      double x = 2 * Math.PI * (i % width) / width;
      double y = 2 * Math.PI * (i / width % height) / height;
      double wave = Math.sin(3 * x + plane) * Math.cos(2 * y - plane) + Math.sin(7 * (x + y));
      values[i] = (float) wave + NOISE * values[i];
    }
    return Tensor.of(values, sizes).dense();
  }
}
