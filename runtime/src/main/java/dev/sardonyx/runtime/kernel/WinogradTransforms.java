package dev.sardonyx.runtime.kernel;

/**
 * The transforms of Winograd's convolutions along one axis, for some lines of an array at once:
 * element e of line l begins at {@code at + e * along + l * across} and is a run of n channels.
 * Runs are read and written up to a multiple of {@link #lanes}.
 */
interface WinogradTransforms {

  /** Channels that are computed together. */
  int lanes();

  /** Six elements of an input to six factors, of F(4, 3). */
  void input4(
      int lines,
      int n,
      float[] from,
      int at,
      int along,
      int across,
      float[] to,
      int toAt,
      int toAlong,
      int toAcross);

  /** Six products to four elements of an output, of F(4, 3). */
  void output4(
      int lines,
      int n,
      float[] from,
      int at,
      int along,
      int across,
      float[] to,
      int toAt,
      int toAlong,
      int toAcross);

  /** Four elements of an input to four factors, of F(2, 3). */
  void input2(
      int lines,
      int n,
      float[] from,
      int at,
      int along,
      int across,
      float[] to,
      int toAt,
      int toAlong,
      int toAcross);

  /** Four products to two elements of an output, of F(2, 3). */
  void output2(
      int lines,
      int n,
      float[] from,
      int at,
      int along,
      int across,
      float[] to,
      int toAt,
      int toAlong,
      int toAcross);
}
