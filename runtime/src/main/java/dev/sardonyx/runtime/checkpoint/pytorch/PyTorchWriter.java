package dev.sardonyx.runtime.checkpoint.pytorch;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.runtime.checkpoint.zip.ZipWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes an OrderedDict of tensors that torch.load reads with weights_only, 1.13 and newer; of the
 * types that torch has since 2.1 only (uint16, float8 and so on), 2.1 and newer.
 */
final class PyTorchWriter {
  private static final String PREFIX = "archive/";

  private final StateDict state;
  private final StorageLayout layout;

  private PyTorchWriter(StateDict state) {
    this.state = state;
    layout = StorageLayout.of(state);
  }

  /** Errors: DTYPE, before anything is written. */
  static PyTorchWriter of(StateDict state) {
    state
        .entries()
        .forEach(
            (name, tensor) -> {
              if (TorchType.name(tensor.dtype()).isEmpty()) {
                throw new SardonyxException(
                        ErrorCode.DTYPE, "PyTorch has no tensors of " + tensor.dtype())
                    .at("entry '" + name + "'");
              }
            });
    return new PyTorchWriter(state);
  }

  void writeTo(OutputStream out) throws IOException {
    var zip = new ZipWriter(out);
    zip.add(PREFIX + "data.pkl", pickle());
    zip.add(PREFIX + "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
    for (StorageLayout.Written storage : layout.storages()) {
      zip.add(PREFIX + "data/" + storage.key(), storage.pieces());
    }
    zip.add(PREFIX + "version", "3\n".getBytes(StandardCharsets.US_ASCII));
    zip.finish();
  }

  private byte[] pickle() {
    var out = new PickleOutput();
    orderedDict(out).mark();
    state
        .entries()
        .forEach((name, tensor) -> tensor(out.text(name), tensor.dense(), layout.place(name)));
    return out.putAll().finish();
  }

  private static PickleOutput orderedDict(PickleOutput out) {
    return out.global("collections", "OrderedDict").emptyTuple().call();
  }

  private static void tensor(PickleOutput out, DenseTensor tensor, StorageLayout.Place place) {
    DType dtype = tensor.dtype();
    Optional<StorageType> typed = StorageType.of(dtype);
    long width = dtype.bytes(1);
    out.global("torch._utils", typed.isPresent() ? "_rebuild_tensor_v2" : "_rebuild_tensor_v3");
    out.mark();
    storage(out, typed, place.storage(), width);
    long[] sizes = tensor.shape().sizes();
    out.integer(place.offset() / width).integers(sizes).integers(rowMajor(sizes)).no();
    orderedDict(out);
    if (typed.isEmpty()) {
      out.global("torch", TorchType.name(dtype).orElseThrow());
    }
    out.tuple().call();
  }

  private static void storage(
      PickleOutput out, Optional<StorageType> typed, StorageLayout.Written storage, long width) {
    out.mark().text("storage");
    if (typed.isPresent()) {
      out.global("torch", typed.get().name());
    } else {
      out.global("torch.storage", StorageType.UntypedStorage.name());
    }
    out.text(storage.key()).text("cpu");
    out.integer(typed.isPresent() ? storage.byteSize() / width : storage.byteSize());
    out.tuple().persistent();
  }

  private static long[] rowMajor(long[] sizes) {
    long[] strides = new long[sizes.length];
    long step = 1;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      strides[axis] = step;
      step *= Math.max(1, sizes[axis]);
    }
    return strides;
  }
}
