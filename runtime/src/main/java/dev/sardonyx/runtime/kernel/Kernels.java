package dev.sardonyx.runtime.kernel;

import dev.sardonyx.runtime.kernel.ElementwiseProgram.Operation;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;
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
public interface Kernels extends AttentionKernels {

  /** The plain loops: the reference for every other set, and what runs anywhere. */
  static Kernels scalar() {
    return new ScalarKernels(ScalarBlocks.WIDTH);
  }

  /**
   * The plain loops on panels of another width, for a set that leaves some of its products to them.
   *
   * @param panelWidth an even number of columns; products are slower with fewer than 64
   * @throws IllegalArgumentException if it is not even, or less than 2
   */
  static Kernels scalar(int panelWidth) {
    return new ScalarKernels(panelWidth);
  }

  /** The same primitives on float64. */
  static Kernels doubles() {
    return new DoubleKernels();
  }

  /** Keeps what a set has made alive, such as machine code, until it is closed. */
  interface Lease extends AutoCloseable {
    /** Ends the lease; no call may run then that began under it alone. To be called once. */
    @Override
    void close();
  }

  /**
   * A lease for the life of a session. Leases count: a set may free what it has made once none is
   * left, so whoever calls primitives holds one meanwhile. A set that makes nothing has leases that
   * do nothing. Thread-safe.
   */
  default Lease lease() {
    return () -> {};
  }

  /** Whether products can be computed from bfloat16 parts, on tiles. */
  default boolean hasTiles() {
    return false;
  }

  /**
   * Does something, and tells what it calls on this thread: names for people, in the order of the
   * first calls. A set without names of its own says what it is.
   */
  default Set<String> heard(Runnable action) {
    action.run();
    return Set.of(name());
  }

  /**
   * A task whose parts do the same in each run: they ask for the same primitives in the same order,
   * on the same memory, and do nothing else, whatever the memory holds. A set may keep what that
   * comes to, and leave out the way to it from the third or fourth run on.
   *
   * @param parts how many it has
   * @param members how many may run it
   */
  default Team.Task repeated(Team.Task task, int parts, int members) {
    return task;
  }

  /** The size of an element. */
  default int elementBytes() {
    return Float.BYTES;
  }

  /** The name of this set with what it was chosen for, such as {@code vector (512 bits)}. */
  String name();

  /** The number of columns W in a panel of the right operand of {@link #multiply}. */
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
   * Packs a B whose columns lie as rows, element (i, j) at {@code bOffset + i + j * columnStride},
   * in each run: with arrays of the thread, which a set may use.
   */
  default void packTransposed(
      MemorySegment b,
      long bOffset,
      int k,
      int n,
      long columnStride,
      MemorySegment panels,
      long panelsOffset,
      HotArrays arrays) {
    packPanels(b, bOffset, k, n, 1, columnStride, panels, panelsOffset);
  }

  /**
   * What a product costs from parts of its right operand ({@link #split}), where 1 is what it costs
   * without; infinite where they are not to be tried.
   *
   * @param m rows of the whole product
   * @param split numbers of the left operand that are split for it
   * @param parts of a number: 3, or with less accuracy 2 or 1
   */
  default double costOfParts(long m, int n, int k, long split, int parts) {
    return Double.POSITIVE_INFINITY;
  }

  /**
   * Whether a convolution's pixels are split where they lie: each once, and not in copies for each
   * element of the kernel that meets it.
   */
  default boolean splitsPixels(ConvolutionGeometry geometry) {
    return false;
  }

  /** The bytes of the parts of a packed right operand; 0 where numbers are not split. */
  default long splitBytes(int k, int n, int parts) {
    return 0;
  }

  /**
   * Splits the numbers of a packed right operand, k x n, off the heap.
   *
   * @param to {@link #splitBytes}, of any contents
   * @return whether all numbers have such parts; infinities, NaN, and numbers beyond what sums of
   *     parts can hold have none, and products with them are not to be computed from these
   */
  default boolean split(MemorySegment panels, int k, int n, SplitPanels to) {
    return false;
  }

  /**
   * Computes some rows and columns of a product. What they are does not change any bit of an
   * element, so that a product may be cut between threads. With k = 0 the product is zero.
   *
   * @param aOffset where A begins
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
   * Whether {@link #multiply(IntegerProduct, int, int, int, int)} is faster than products of floats
   * that hold every sum.
   */
  default boolean hasIntegerProducts() {
    return false;
  }

  /**
   * Computes some lines and columns of a product of 8-bit numbers, to the bit.
   *
   * @param fromColumn a multiple of {@link IntegerPanels#WIDTH}
   */
  default void multiply(
      IntegerProduct product, int fromLine, int toLine, int fromColumn, int toColumn) {
    product.compute(fromLine, toLine, fromColumn, toColumn);
  }

  /** Computes some elements of what is made of numbers of 8 bits, or becomes them. */
  default void quantize(QuantizedSum sum, long from, long to) {
    sum.compute(from, to);
  }

  /**
   * Copies rows of bytes from one pitch to another: {@code y[yOffset + row * yPitch + i] =
   * x[xOffset + row * xPitch + i] ^ flipped}.
   *
   * @param flipped 0, or 0x80 between numbers with and without a sign
   */
  default void copyBytes(
      MemorySegment x,
      long xOffset,
      long xPitch,
      MemorySegment y,
      long yOffset,
      long yPitch,
      int rows,
      long bytes,
      int flipped) {
    long left = Cancellation.EVERY;
    for (int row = 0; row < rows; row++) {
      left = Cancellation.spend(left, 1 + bytes / Long.BYTES);
      if (flipped == 0) {
        Memory.copy(x, xOffset + row * xPitch, y, yOffset + row * yPitch, bytes);
        continue;
      }
      for (long i = 0; i < bytes; i++) {
        byte value = x.get(ValueLayout.JAVA_BYTE, xOffset + row * xPitch + i);
        y.set(ValueLayout.JAVA_BYTE, yOffset + row * yPitch + i, (byte) (value ^ flipped));
      }
    }
  }

  /**
   * Interleaves planes of bytes: {@code y[yOffset + i * planes + plane] = x[xOffset + plane * pitch
   * + i]}.
   *
   * @param pitch from a plane to the next
   * @param count bytes of a plane
   */
  default void interleaveBytes(
      MemorySegment x,
      long xOffset,
      long pitch,
      int planes,
      MemorySegment y,
      long yOffset,
      long count) {
    long left = Cancellation.EVERY;
    for (long i = 0; i < count; i++) {
      left = Cancellation.spend(left, planes);
      for (int plane = 0; plane < planes; plane++) {
        byte value = x.get(ValueLayout.JAVA_BYTE, xOffset + plane * pitch + i);
        y.set(ValueLayout.JAVA_BYTE, yOffset + i * planes + plane, value);
      }
    }
  }

  /**
   * Rows of bytes that become the larger of two: {@code y[yOffset + row * yPitch + i] = max(y[...],
   * x[xOffset + row * xPitch + i])}.
   */
  default void maxBytes(
      MemorySegment x,
      long xOffset,
      long xPitch,
      MemorySegment y,
      long yOffset,
      long yPitch,
      int rows,
      long bytes,
      boolean signed) {
    int flipped = signed ? 0 : 0x80;
    for (int row = 0; row < rows; row++) {
      Cancellation.poll();
      for (long i = 0; i < bytes; i++) {
        long at = yOffset + row * yPitch + i;
        byte value = x.get(ValueLayout.JAVA_BYTE, xOffset + row * xPitch + i);
        byte other = y.get(ValueLayout.JAVA_BYTE, at);
        boolean larger = (byte) (value ^ flipped) > (byte) (other ^ flipped);
        y.set(ValueLayout.JAVA_BYTE, at, larger ? value : other);
      }
    }
  }

  /**
   * Packs the weights of a convolution as the right operand of a product: element (i, j) of it is
   * {@code weights[offset + rows[i] + columns[j]]}. The panels are as {@link #packPanels} makes
   * them.
   */
  void packFilter(
      MemorySegment weights,
      long offset,
      long[] rows,
      long[] columns,
      MemorySegment panels,
      long panelsOffset);

  /**
   * Computes some lines of y: what they are does not change any bit of an element.
   *
   * @param arrays those of the calling thread
   */
  void sweep(WindowSweep sweep, int fromLine, int toLine, HotArrays arrays);

  /** Whether there is {@link #convolvePlanes}. */
  boolean hasPlanes();

  /**
   * Computes some lines of y; what they are does not change any bit of an element.
   *
   * @param arrays those of the calling thread
   */
  void convolvePlanes(PlaneConvolution convolution, int fromLine, int toLine, HotArrays arrays);

  /**
   * Whether there is {@link #convolveChain} for such windows.
   *
   * @param k channels that are expanded to those of the windows; 0 where the windows read x
   */
  boolean chains(int k, int channels, Axis height, Axis width);

  /**
   * Computes some lines of y; what they are does not change any bit of an element.
   *
   * @param arrays those of the calling thread
   */
  void convolveChain(DepthwiseChain chain, int fromLine, int toLine, HotArrays arrays);

  /** Whether there are {@link #winograd} and {@link #packWinograd}. */
  boolean hasWinograd();

  /** What this set does in a nanosecond, for the choice between ways to compute a node. */
  Rates rates();

  /**
   * Transforms weights {@code [outChannels, channels, 3, 3]} to {@code [panel][position][channel]
   * [W]} with {@code (size + 2) * (size + 2)} positions.
   */
  void packWinograd(
      int size, int channels, int outChannels, MemorySegment weights, MemorySegment to);

  /**
   * Computes some tiles and out channels; what they are does not change any bit of an element.
   *
   * @param fromChannel a multiple of {@link #panelWidth}
   * @param arrays those of the calling thread
   */
  void winograd(
      WinogradConvolution convolution,
      int fromTile,
      int toTile,
      int fromChannel,
      int toChannel,
      HotArrays arrays);

  /**
   * Lines of one image of a transposed convolution, from the products of its pixels with all
   * weights: {@code [input pixel, group, kernel..., group out channel]}. y is {@code [batch,
   * output..., outChannels]}; a line runs along its width.
   *
   * @param arrays those of the calling thread
   */
  void sumTransposed(
      TransposedGeometry geometry,
      MemorySegment products,
      MemorySegment y,
      int image,
      int fromLine,
      int toLine,
      Epilogue epilogue,
      HotArrays arrays);

  /**
   * One step of an LSTM for one sample, with gates i, o, f, c: i, o, f = sigmoid(product + input),
   * cell = f cell + i tanh(product + input), hidden = o tanh(cell).
   *
   * @param inputRow the row of the inputs
   * @param yRow the row of y
   */
  void lstm(GatedCell cell, int sample, long inputRow, long yRow);

  /**
   * One step of a GRU whose reset comes after its product, with gates z, r, h: z, r =
   * sigmoid(product + input), h = tanh(r product + input), hidden = h + z (hidden - h).
   *
   * @param inputRow the row of the inputs
   * @param yRow the row of y
   */
  void gru(GatedCell cell, int sample, long inputRow, long yRow);

  /**
   * A chain of operations as one; results have the bits of {@link #unary} and {@link #binary}.
   *
   * @param loops the session's
   */
  default FusedElementwise fuse(ElementwiseProgram program, LoopCache loops) {
    return new ChunkedProgram(program, this, loops);
  }

  /** Whether there is a generated loop for an operation, which costs little in a longer one. */
  static boolean hasLoop(Operation operation) {
    return LoopCode.has(operation);
  }

  /**
   * Whether a generated loop is faster than {@link #unary} or {@link #binary}, even for this one
   * operation.
   */
  default boolean loops(Operation operation) {
    return LoopCode.has(operation);
  }

  /** y[i] = function(x[i]) for i &lt; n. Works in place. */
  default void unary(UnaryFunction function, MemorySegment x, MemorySegment y, long n) {
    unary(function, x, 0, y, 0, n);
  }

  /** y[yOffset + i] = function(x[xOffset + i]) for i &lt; n. Works in place. */
  void unary(
      UnaryFunction function, MemorySegment x, long xOffset, MemorySegment y, long yOffset, long n);

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
}
