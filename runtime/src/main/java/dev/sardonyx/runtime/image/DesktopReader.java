package dev.sardonyx.runtime.image;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.function.LongConsumer;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The readers of java.desktop: the only class that needs that module. */
final class DesktopReader {
  /** What a reader may take for a pixel while it works. */
  private static final long BYTES_PER_PIXEL = 16;

  private DesktopReader() {}

  /** The pixels. Errors: UNSUPPORTED for damaged data and for other than 8 bits per channel. */
  static Pixels read(byte[] data, String format, LongConsumer room) {
    ImageReader reader = reader(format);
    try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(data))) {
      reader.setInput(stream, true, false);
      room.accept(pixels(reader.getWidth(0), reader.getHeight(0)));
      room.accept(pixels(reader.getTileWidth(0), reader.getTileHeight(0)));
      if (format.equals("tiff")) {
        requirePlain(reader);
      }
      return pixels(reader.read(0));
    } catch (SardonyxException refused) {
      throw refused;
    } catch (IOException | RuntimeException damaged) { // the readers check little themselves
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED,
          "ImageDecoder: the " + format + " is damaged or of a kind not read: " + damaged,
          damaged);
    } finally {
      reader.dispose();
    }
  }

  private static long pixels(long width, long height) {
    return Math.multiplyExact(BYTES_PER_PIXEL, Math.multiplyExact(width, height));
  }

  private static ImageReader reader(String format) {
    for (Iterator<ImageReader> all = ImageIO.getImageReadersByFormatName(format); all.hasNext(); ) {
      ImageReader reader = all.next();
      if (reader.getClass().getModule() == ImageIO.class.getModule()) {
        return reader;
      }
    }
    throw Images.refused("this Java has no reader of " + format);
  }

  /** Colours that must be converted come out different in each reader. */
  private static void requirePlain(ImageReader reader) throws IOException {
    var tree = (IIOMetadataNode) reader.getImageMetadata(0).getAsTree("javax_imageio_1.0");
    String colors = attribute(tree, "ColorSpaceType", "name");
    String compression = attribute(tree, "CompressionTypeName", "value");
    boolean plain = colors.equals("RGB") || colors.equals("GRAY");
    if (!plain || compression.toUpperCase(Locale.ROOT).contains("JPEG")) {
      throw Images.refused("a TIFF of " + colors + ", compressed as '" + compression + "'");
    }
  }

  private static String attribute(IIOMetadataNode tree, String element, String name) {
    NodeList found = tree.getElementsByTagName(element);
    return found.getLength() > 0 ? ((Element) found.item(0)).getAttribute(name) : "";
  }

  private static Pixels pixels(BufferedImage image) {
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    for (int band = 0; band < bands; band++) {
      boolean index = image.getColorModel() instanceof IndexColorModel;
      if (!index && raster.getSampleModel().getSampleSize(band) != Byte.SIZE) {
        throw Images.refused("an image of other than 8 bits per channel");
      }
    }
    int height = image.getHeight();
    int width = image.getWidth();
    byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(height, width))];
    int[] row = new int[Math.multiplyExact(width, bands)];
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        put(rgb, 3 * (y * width + x), row, x * bands, image);
      }
    }
    return new Pixels(height, width, rgb);
  }

  /** Grey is three equal colours; what is transparent is left out. */
  private static void put(byte[] rgb, int at, int[] row, int from, BufferedImage image) {
    if (image.getColorModel() instanceof IndexColorModel palette) {
      int color = palette.getRGB(row[from]);
      rgb[at] = (byte) (color >> 16);
      rgb[at + 1] = (byte) (color >> 8);
      rgb[at + 2] = (byte) color;
      return;
    }
    int step = image.getRaster().getNumBands() < 3 ? 0 : 1;
    for (int channel = 0; channel < 3; channel++) {
      rgb[at + channel] = (byte) row[from + step * channel];
    }
  }
}
