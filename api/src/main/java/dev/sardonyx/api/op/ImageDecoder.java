package dev.sardonyx.api.op;

import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;
import dev.sardonyx.api.type.ValueType;
import java.util.EnumSet;
import java.util.List;

/**
 * The pixels of an encoded image. Shapes: the bytes of a file [N] -> [height, width, channels],
 * uint8. Source: ONNX ImageDecoder.
 */
public record ImageDecoder(PixelFormat pixelFormat) implements Op {

  /** What the channels are. */
  public enum PixelFormat {
    RGB("RGB", 3),
    BGR("BGR", 3),
    GRAYSCALE("Grayscale", 1);

    private final String text;
    private final int channels;

    PixelFormat(String text, int channels) {
      this.text = text;
      this.channels = channels;
    }

    /** The number of channels. */
    public int channels() {
      return channels;
    }
  }

  @Override
  public String name() {
    return "ImageDecoder";
  }

  @Override
  public int sinceOpset() {
    return 20;
  }

  @Override
  public Precision precision() {
    return Precision.EXACT;
  }

  @Override
  public Attributes attributes() {
    return Attributes.none()
        .with("pixel_format", Attribute.of(pixelFormat.text), Attribute.of(PixelFormat.RGB.text));
  }

  static ImageDecoder read(Attributes attributes) {
    String text = attributes.only("pixel_format").string("pixel_format", PixelFormat.RGB.text);
    for (PixelFormat format : PixelFormat.values()) {
      if (format.text.equals(text)) {
        return new ImageDecoder(format);
      }
    }
    throw attributes.error(
        "ImageDecoder: pixel_format must be RGB, BGR or Grayscale, found '" + text + "'");
  }

  @Override
  public List<ValueType> infer(Inputs in) {
    in.requireCount(1, 1).requireDType(0, "encoded_stream", EnumSet.of(DType.UINT8));
    in.ranked(0, "encoded_stream", 1);
    return List.of(
        TensorType.of(
            DType.UINT8, new Dim.Unknown(), new Dim.Unknown(), Dim.of(pixelFormat.channels())));
  }
}
