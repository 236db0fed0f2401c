package dev.sardonyx.runtime.checkpoint;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.FileErrors;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.Dim;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** NumPy's array files. Source: numpy.lib.format. */
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final long LARGEST_FILE = Integer.MAX_VALUE;

  private Npy() {}

  /** Reads one array. Errors: FILE when unreadable, FORMAT when it is no .npy file, LIMIT. */
  public static Tensor read(Path file) {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw new SardonyxException(ErrorCode.LIMIT, "the file exceeds 2 GiB");
      }
      return parse(Files.readAllBytes(file));
    } catch (IOException error) {
      throw FileErrors.unreadable(file, error);
    } catch (OutOfMemoryError refused) { // one array of bytes: nothing but this request is lost
      throw new SardonyxException(
              ErrorCode.LIMIT, "the file does not fit in Java's heap; -Xmx raises it", refused)
          .in(file.toString());
    } catch (SardonyxException error) {
      throw error.in(file.toString());
    }
  }

  /** The array in the bytes of a .npy file. Errors: FORMAT. */
  public static Tensor parse(byte[] bytes) {
    if (bytes.length < 10 || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw format("it does not begin as a .npy file does");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    boolean longHeader = bytes[6] >= 2;
    int start = longHeader ? 12 : 10;
    if (bytes.length < start) {
      throw format("it ends within its header");
    }
    long length = longHeader ? buffer.getInt(8) & 0xFFFF_FFFFL : buffer.getShort(8) & 0xFFFF;
    if (start + length > bytes.length || length > NpyHeader.LONGEST) {
      throw format("its header of " + length + " bytes does not fit");
    }
    String text = new String(bytes, start, (int) length, StandardCharsets.UTF_8);
    NpyHeader header = NpyHeader.parse(text);
    return tensor(header, bytes, start + (int) length);
  }

  private static Tensor tensor(NpyHeader header, byte[] bytes, int offset) {
    long elements = header.shape().elements().fixed();
    long expected = header.dtype().bytes(elements);
    if (expected != bytes.length - offset) {
      throw format(
          header.dtype()
              + ""
              + header.shape()
              + " takes "
              + expected
              + " bytes of data, found "
              + (bytes.length - offset));
    }
    MemorySegment data = DenseTensor.allocate(header.dtype(), header.shape());
    MemorySegment source = MemorySegment.ofArray(bytes).asSlice(offset);
    int width = header.dtype().bits() / 8;
    long[] strides = header.strides();
    long[] sizes = header.shape().sizes();
    boolean plain = !header.fortranOrder() && !header.bigEndian();
    if (plain) {
      data.copyFrom(source);
    } else {
      for (long i = 0; i < elements; i++) {
        long from = sourceIndex(i, sizes, strides) * width;
        for (int b = 0; b < width; b++) {
          long swapped = header.bigEndian() ? from + width - 1 - b : from + b;
          data.set(
              ValueLayout.JAVA_BYTE, i * width + b, source.get(ValueLayout.JAVA_BYTE, swapped));
        }
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

  /** Writes one array, row-major. Errors: FILE, DTYPE for types that NumPy does not have. */
  public static void write(Path file, Tensor tensor) {
    DenseTensor dense = tensor.dense();
    String shape =
        dense.shape().dims().stream().map(Dim::toString).collect(Collectors.joining(", "))
            + (dense.rank() == 1 ? "," : "");
    String header =
        "{'descr': '"
            + NpyHeader.descr(dense.dtype())
            + "', 'fortran_order': False, 'shape': ("
            + shape
            + "), }";
    int unpadded = MAGIC.length + 4 + header.length() + 1;
    header += " ".repeat((64 - unpadded % 64) % 64) + "\n";
    ByteBuffer head = ByteBuffer.allocate(10 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
    head.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) header.length());
    head.put(header.getBytes(StandardCharsets.US_ASCII));
    try (var out = Files.newOutputStream(file)) {
      out.write(head.array());
      out.write(dense.segment().toArray(ValueLayout.JAVA_BYTE));
    } catch (IOException error) {
      throw FileErrors.unwritable(file, error);
    }
  }

  private static SardonyxException format(String what) {
    return new SardonyxException(ErrorCode.FORMAT, what);
  }
}
