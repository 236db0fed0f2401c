package dev.sardonyx.runtime.image;

/**
 * A decoded image.
 *
 * @param rgb red, green and blue of each pixel, row by row
 */
public record Pixels(int height, int width, byte[] rgb) {
  private static final int RED = 19595;
  private static final int GREEN = 38470;
  private static final int BLUE = 7471;

  /** The luminance of a pixel, in 16 bits after the point. Source: ITU-R BT.601. */
  public byte gray(int pixel) {
    int red = rgb[3 * pixel] & 0xff;
    int green = rgb[3 * pixel + 1] & 0xff;
    int blue = rgb[3 * pixel + 2] & 0xff;
    return (byte) (red * RED + green * GREEN + blue * BLUE + (1 << 15) >> 16);
  }
}
