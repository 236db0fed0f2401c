package dev.sardonyx.runtime.interpret;

import dev.sardonyx.api.op.ImageDecoder;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.runtime.image.Images;
import dev.sardonyx.runtime.image.Pixels;
import dev.sardonyx.runtime.kernel.Cancellation;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** ImageDecoder: pixels in the order of channels that is wanted. */
final class ImageComputation {
  private ImageComputation() {}

  static Computation of(ImageDecoder op) {
    return (inputs, interpreter) -> {
      Interpreter.types(op, inputs);
      DenseTensor data = ((Tensor) inputs.getFirst().orElseThrow()).dense();
      Pixels pixels =
          Images.decode(
              data.segment().toArray(ValueLayout.JAVA_BYTE),
              bytes -> interpreter.require(TensorType.of(DType.UINT8, bytes)));
      int channels = op.pixelFormat().channels();
      var type = TensorType.of(DType.UINT8, pixels.height(), pixels.width(), channels);
      MemorySegment result = interpreter.allocate(type);
      for (int i = 0; i < pixels.height() * pixels.width(); i++) {
        Cancellation.pollAt(i);
        for (int channel = 0; channel < channels; channel++) {
          byte value =
              switch (op.pixelFormat()) {
                case RGB -> pixels.rgb()[3 * i + channel];
                case BGR -> pixels.rgb()[3 * i + 2 - channel];
                case GRAYSCALE -> pixels.gray(i);
              };
          result.set(ValueLayout.JAVA_BYTE, (long) i * channels + channel, value);
        }
      }
      return List.of(DenseTensor.view(DType.UINT8, type.shape(), result));
    };
  }
}
