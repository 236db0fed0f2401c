package dev.sardonyx.runtime.kernel;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The numeric primitives of the native engine: float32 ({@link #doubles} has float64), contiguous,
 * row-major, native byte order.
 *
 * <p>All offsets, strides, counts and sizes are in elements, never in bytes. Segments may be
 * off-heap, mapped or heap arrays; buffers aligned to 64 bytes are faster, no alignment at all is
 * needed for correctness. Inputs may be read-only. Outputs must not overlap inputs unless a method
 * says that it works in place.
 *
 * <p>An implementation is stateless and thread-safe and allocates nothing at steady state; scratch
 * memory comes from the caller. Shapes are not checked against segments beforehand: a segment that
 * is too small fails with IndexOutOfBoundsException, after part of the output may have been
 * written. NaN, infinities and signed zeros behave as in PyTorch.
 */
public interface Kernels {

  /** The plain loops: the reference for every other set, and what runs anywhere. */
  static Kernels scalar() {
    return new ScalarKernels();
  }

  /** The same primitives on float64. */
  static Kernels doubles() {
    return new DoubleKernels();
  }

  /** The size of an element. */
  default int elementBytes() {
    return Float.BYTES;
  }

  /** The name of this set with what it was chosen for, such as {@code vector (512 bits)}. */
  String name();

  /** The number of columns W in a panel of the right operand of {@link #gemm}. */
  int panelWidth();

  /**
   * The size of a packed right operand.
   *
   * @throws ArithmeticException if it exceeds a long
   */
  default long panelElements(int k, int n) {
    long panels = Math.ceilDiv((long) n, panelWidth());
    return Math.multiplyExact(panels, (long) k * panelWidth());
  }

  /**
   * Packs B (k x n) into panels {@code [ceil(n / W)][k][W]}; the columns beyond n are zero. Element
   * (i, j) is read at {@code bOffset + i * rowStride + j * columnStride}, so a transposed matrix
   * packs as well.
   */
  void packPanels(
      MemorySegment b,
      long bOffset,
      int k,
      int n,
      long rowStride,
      long columnStride,
      MemorySegment panels,
      long panelsOffset);

  /**
   * Computes some rows and columns of a product. What they are does not change any bit of an
   * element, so that a product may be cut between threads. With k = 0 the product is zero.
   *
   * @param aOffset where A begins, as {@link LeftRows#copy} takes it
   * @param panelsOffset where B begins in the product's panels
   * @param cOffset where C begins in the product's memory
   * @param fromColumn a multiple of {@link #panelWidth}
   * @param arrays those of the calling thread
   */
  void multiply(
      Product product,
      long aOffset,
      long panelsOffset,
      long cOffset,
      int fromRow,
      int toRow,
      int fromColumn,
      int toColumn,
      HotArrays arrays);

  /**
   * C = epilogue(A * B): A is m x k with row pitch {@code lda}, B is packed ({@link #packPanels}),
   * C is m x n with row pitch {@code ldc}. With k = 0 the product is zero. A slice of rows (moved
   * aOffset and cOffset) or of whole panels (moved panelsOffset and cOffset) may be computed alone,
   * with a bias segment sliced alike.
   */
  void gemm(
      int m,
      int n,
      int k,
      MemorySegment a,
      long aOffset,
      int lda,
      MemorySegment panels,
      long panelsOffset,
      MemorySegment c,
      long cOffset,
      int ldc,
      Epilogue epilogue);

  /** The size of the scratch segment that {@link #convolution} needs; may be 0. */
  long convolutionScratchElements(ConvolutionGeometry geometry);

  /**
   * Convolution (cross-correlation, as ONNX Conv): x {@code [batch, channels, depth, height,
   * width]}, weights {@code [outChannels, channels / groups, kernel...]} plain row-major, y {@code
   * [batch, outChannels, output...]}.
   *
   * @param epilogue its rows are output channels (a bias has {@code outChannels} elements, axis
   *     PER_ROW); its residual has y's shape
   * @param scratch at least {@link #convolutionScratchElements} elements; contents are lost
   */
  void convolution(
      ConvolutionGeometry geometry,
      MemorySegment x,
      MemorySegment weights,
      MemorySegment y,
      Epilogue epilogue,
      MemorySegment scratch);

  /** The size of the scratch segment that {@link #transposedConvolution} needs. */
  long transposedScratchElements(TransposedGeometry geometry);

  /**
   * Transposed convolution, as ONNX ConvTranspose: x {@code [batch, channels, depth, height,
   * width]}, weights {@code [channels, outChannels / groups, kernel...]} plain row-major, y {@code
   * [batch, outChannels, output...]}.
   *
   * @param epilogue as in {@link #convolution}
   * @param scratch at least {@link #transposedScratchElements} elements; contents are lost
   */
  void transposedConvolution(
      TransposedGeometry geometry,
      MemorySegment x,
      MemorySegment weights,
      MemorySegment y,
      Epilogue epilogue,
      MemorySegment scratch);

  /** y[i] = function(x[i]) for i &lt; n. Works in place. */
  void unary(UnaryFunction function, MemorySegment x, MemorySegment y, long n);

  /**
   * y[yOffset + i] = function(a[aOffset + i * aStep], b[bOffset + i * bStep]) for i &lt; n. Works
   * in place (y equal to an operand with the same offset and step 1).
   *
   * @param aStep 1, or 0 where the one value a[aOffset] goes with all of b
   * @param bStep 1, or 0 where the one value b[bOffset] goes with all of a
   */
  void binary(
      BinaryFunction function,
      MemorySegment a,
      long aOffset,
      int aStep,
      MemorySegment b,
      long bOffset,
      int bStep,
      MemorySegment y,
      long yOffset,
      long n);

  /**
   * y[o, c, i] = x[o, c, i] * scale[c] + shift[c], rounded once (batch normalisation in inference).
   * Works in place.
   */
  void scaleShift(
      MemorySegment x,
      MemorySegment scale,
      MemorySegment shift,
      MemorySegment y,
      long outer,
      int channels,
      long inner);

  /**
   * Softmax, or its logarithm, over the middle axis of {@code [outer, n, inner]}. The maximum is
   * subtracted first, so large values are safe. A slice that holds NaN or +inf, or nothing but
   * -inf, becomes NaN. Works in place.
   */
  void softmax(MemorySegment x, MemorySegment y, long outer, int n, long inner, boolean logarithm);

  /** y[r] = function of x[r, :]; the error of sums does not grow with the row length. */
  void reduceRows(RowReduction function, MemorySegment x, MemorySegment y, long rows, long columns);

  /**
   * y[r, i] = (x[r, i] - mean) / sqrt(variance + epsilon) * scale[i] + shift[i], with the mean and
   * the biased variance of row r; the error does not grow with the row length, and a large mean
   * does not spoil the variance. Works in place.
   *
   * @param centred whether the mean is subtracted; else it counts as 0, and what is divided by is
   *     the root mean square
   * @param scale one factor for each column, or null for 1
   * @param shift one summand for each column, or null for 0
   */
  void normalizeRows(
      boolean centred,
      float epsilon,
      MemorySegment x,
      @Nullable MemorySegment scale,
      @Nullable MemorySegment shift,
      MemorySegment y,
      long rows,
      long columns);

  /**
   * Maximum over windows; padding never wins. NaN in a window gives NaN; a window wholly in padding
   * gives -inf.
   */
  void maxPool(PoolGeometry geometry, MemorySegment x, MemorySegment y);

  /**
   * The same, and where in x the first of each window's largest elements is: int64, -1 for a window
   * wholly in padding.
   *
   * @param columnMajor whether places count with the first axis of a plane as the fastest
   */
  void maxPoolWithPlaces(
      PoolGeometry geometry,
      MemorySegment x,
      MemorySegment y,
      MemorySegment places,
      boolean columnMajor);

  /**
   * Mean over windows. The divisor counts the taps inside the input, or with {@code
   * countIncludePad} those inside the padded input. A window without such taps gives 0.
   */
  void averagePool(PoolGeometry geometry, MemorySegment x, MemorySegment y);
}
