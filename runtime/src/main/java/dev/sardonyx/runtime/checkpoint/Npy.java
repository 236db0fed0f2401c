package dev.sardonyx.runtime.checkpoint;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.file.AtomicFile;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.Dim;
import dev.sardonyx.runtime.checkpoint.file.FileMemory;
import dev.sardonyx.runtime.checkpoint.file.MemoryLimit;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** NumPy's array files. Source: numpy.lib.format. */
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int SHORT_HEADER = 10;
  private static final ValueLayout.OfShort HALF =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt WORD =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Npy() {}

  /**
   * Reads one array: a view of the file, which is mapped when large, unless its order is another.
   * Errors: FILE when unreadable, FORMAT when it is no .npy file, LIMIT.
   */
  public static Tensor read(Path file) {
    try {
      return parse(FileMemory.of(file), new MemoryLimit(Long.MAX_VALUE));
    } catch (SardonyxException error) {
      throw error.in(file.toString());
    }
  }

  /** The array in the bytes of a .npy file. Errors: FORMAT, LIMIT. */
  public static Tensor parse(byte[] bytes) {
    var limit = new MemoryLimit(Long.MAX_VALUE);
    return parse(limit.allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes)), limit);
  }

  /** The array in off-heap memory that holds a .npy file. Errors: FORMAT, LIMIT. */
  static Tensor parse(MemorySegment file, MemoryLimit limit) {
    if (file.byteSize() < SHORT_HEADER
        || file.asSlice(0, MAGIC.length).mismatch(MemorySegment.ofArray(MAGIC)) >= 0) {
      throw format("it does not begin as a .npy file does");
    }
    boolean longHeader = file.get(ValueLayout.JAVA_BYTE, MAGIC.length) >= 2;
    int start = longHeader ? SHORT_HEADER + 2 : SHORT_HEADER;
    if (file.byteSize() < start) {
      throw format("it ends within its header");
    }
    long length = longHeader ? file.get(WORD, 8) & 0xFFFF_FFFFL : file.get(HALF, 8) & 0xFFFF;
    if (start + length > file.byteSize() || length > NpyHeader.LONGEST) {
      throw format("its header of " + length + " bytes does not fit");
    }
    byte[] text = file.asSlice(start, length).toArray(ValueLayout.JAVA_BYTE);
    NpyHeader header = NpyHeader.parse(new String(text, StandardCharsets.UTF_8));
    return tensor(header, file.asSlice(start + length), limit);
  }

  private static Tensor tensor(NpyHeader header, MemorySegment source, MemoryLimit limit) {
    long elements = header.shape().elements().fixed();
    long expected = header.dtype().bytes(elements);
    if (expected != source.byteSize()) {
      throw format(
          header.dtype()
              + ""
              + header.shape()
              + " takes "
              + expected
              + " bytes of data, found "
              + source.byteSize());
    }
    if (!header.fortranOrder() && !header.bigEndian()) {
      return DenseTensor.view(header.dtype(), header.shape(), source);
    }
    MemorySegment data = limit.allocate(header.dtype(), header.shape());
    int width = header.dtype().bits() / 8;
    long[] strides = header.strides();
    long[] sizes = header.shape().sizes();
    for (long i = 0; i < elements; i++) {
      long from = sourceIndex(i, sizes, strides) * width;
      for (int b = 0; b < width; b++) {
        long swapped = header.bigEndian() ? from + width - 1 - b : from + b;
        data.set(ValueLayout.JAVA_BYTE, i * width + b, source.get(ValueLayout.JAVA_BYTE, swapped));
      }
    }
    return DenseTensor.view(header.dtype(), header.shape(), data);
  }

  private static long sourceIndex(long rowMajor, long[] sizes, long[] strides) {
    long rest = rowMajor;
    long index = 0;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      index += rest % sizes[axis] * strides[axis];
      rest /= sizes[axis];
    }
    return index;
  }

  /** Whether these files hold elements of a type. */
  public static boolean holds(DType dtype) {
    return switch (dtype) {
      case BFLOAT16, STRING, COMPLEX64, COMPLEX128, UINT4, INT4, UINT2, INT2 -> false;
      case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ -> false;
      case FLOAT8E8M0, FLOAT4E2M1 -> false;
      case FLOAT64, FLOAT32, FLOAT16, INT8, INT16, INT32, INT64 -> true;
      case UINT8, UINT16, UINT32, UINT64, BOOL -> true;
    };
  }

  /** Writes one array, row-major. Errors: FILE, DTYPE for types that NumPy does not have. */
  public static void write(Path file, Tensor tensor) {
    byte[] header = header(tensor.dense());
    AtomicFile.write(
        file,
        out -> {
          out.write(header);
          AtomicFile.copy(tensor.dense().segment(), out);
        });
  }

  /** What stands before the data. Errors: DTYPE. */
  static byte[] header(DenseTensor tensor) {
    String shape =
        tensor.shape().dims().stream().map(Dim::toString).collect(Collectors.joining(", "))
            + (tensor.rank() == 1 ? "," : "");
    String header =
        "{'descr': '"
            + NpyHeader.descr(tensor.dtype())
            + "', 'fortran_order': False, 'shape': ("
            + shape
            + "), }";
    int unpadded = SHORT_HEADER + header.length() + 1;
    header += " ".repeat((64 - unpadded % 64) % 64) + "\n";
    ByteBuffer head =
        ByteBuffer.allocate(SHORT_HEADER + header.length()).order(ByteOrder.LITTLE_ENDIAN);
    head.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) header.length());
    return head.put(header.getBytes(StandardCharsets.US_ASCII)).array();
  }

  private static SardonyxException format(String what) {
    return new SardonyxException(ErrorCode.FORMAT, what);
  }
}
