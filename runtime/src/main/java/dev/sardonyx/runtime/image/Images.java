package dev.sardonyx.runtime.image;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.util.function.LongConsumer;

/**
 * Decodes images of the formats of which every decoder gives the same pixels: BMP, PNG, TIFF, PGM
 * and PPM, and JPEG as libjpeg decodes it.
 */
public final class Images {
  private Images() {}

  /**
   * The pixels of an image. Errors: UNSUPPORTED for another format, one that this Java has no
   * reader for, or damaged data.
   *
   * @param room checks that so many bytes are there, before they are taken
   */
  public static Pixels decode(byte[] data, LongConsumer room) {
    if (starts(data, 0, 'P', '5') || starts(data, 0, 'P', '6')) {
      return NetpbmReader.read(data, room);
    }
    String format = format(data);
    if (ModuleLayer.boot().findModule("java.desktop").isEmpty()) {
      throw refused("this Java has no module java.desktop, which reads " + format);
    }
    return DesktopReader.read(data, format, room);
  }

  private static String format(byte[] data) {
    if (starts(data, 0, 'B', 'M')) {
      return "bmp";
    } else if (starts(data, 0, 0x89, 'P', 'N', 'G')) {
      return "png";
    } else if (starts(data, 0, 'I', 'I', 42, 0) || starts(data, 0, 'M', 'M', 0, 42)) {
      return "tiff";
    } else if (starts(data, 0, 0xff, 0xd8)) {
      // Without this mark readers differ in what they take the colours for.
      if (!starts(data, 6, 'J', 'F', 'I', 'F')) {
        throw refused("a JPEG without the mark JFIF");
      }
      return "jpeg";
    }
    throw refused("neither BMP, PNG, TIFF, PGM, PPM nor JPEG");
  }

  private static boolean starts(byte[] data, int at, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (at + i >= data.length || (data[at + i] & 0xff) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  static SardonyxException refused(String law) {
    return new SardonyxException(ErrorCode.UNSUPPORTED, "ImageDecoder: " + law);
  }
}
