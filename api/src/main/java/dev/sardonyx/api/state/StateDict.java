package dev.sardonyx.api.state;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.api.type.DType;
import dev.sardonyx.api.type.TensorType;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Named weights in PyTorch's order, and what else a file says in plain text (safetensors' {@code
 * __metadata__}; epoch, loss and the like beside the weights of a nested checkpoint). Source:
 * torch.nn.Module.state_dict.
 */
public record StateDict(Map<String, Tensor> entries, Map<String, String> metadata) {
  public StateDict {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** Weights without metadata. */
  public StateDict(Map<String, Tensor> entries) {
    this(entries, Map.of());
  }

  /** Reads a checkpoint whose contents tell the format; see {@link #read(Path, UnaryOperator)}. */
  public static StateDict read(Path file) {
    return read(file, options -> options);
  }

  /**
   * Reads a checkpoint whose contents tell the format, whatever its name. Large files are mapped:
   * they take no heap, and must not be cut short while their tensors are in use. Every file is
   * hostile until read, and none is ever executed.
   *
   * @throws SardonyxException FILE when it cannot be read, FORMAT when it is no checkpoint or a
   *     broken one, UNSUPPORTED for what is not read (TorchScript, whole modules, sparse tensors),
   *     NOT_FOUND for a key path that is not there, LIMIT
   */
  public static StateDict read(Path file, UnaryOperator<ReadOptions> options) {
    try {
      return CheckpointFormats.forReading(file).read(file, options.apply(ReadOptions.defaults()));
    } catch (SardonyxException error) {
      throw error.in(file.toString());
    }
  }

  /** Writes a checkpoint; see {@link #write(Path, UnaryOperator)}. */
  public void write(Path file) {
    write(file, options -> options);
  }

  /**
   * Writes a checkpoint in the format that the file's extension names; it is there whole or not at
   * all, and the same entries give the same bytes.
   *
   * @throws SardonyxException FILE when it cannot be written, UNSUPPORTED for an extension that
   *     names no format, DTYPE for an element type that the format lacks
   */
  public void write(Path file, UnaryOperator<WriteOptions> options) {
    try {
      CheckpointFormats.forWriting(file).write(this, file, options.apply(WriteOptions.defaults()));
    } catch (SardonyxException error) {
      throw error.in(file.toString());
    }
  }

  /** The entry of a name. Errors: NOT_FOUND. */
  public Tensor get(String name) {
    Tensor tensor = entries.get(name);
    if (tensor == null) {
      throw new SardonyxException(
          ErrorCode.NOT_FOUND, "no entry '" + name + "' among " + entries.keySet());
    }
    return tensor;
  }

  /** The names, in order. */
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /** The types by name, in order. */
  public Map<String, TensorType> types() {
    Map<String, TensorType> types = new LinkedHashMap<>();
    entries.forEach((name, tensor) -> types.put(name, tensor.type()));
    return types;
  }

  /** The entries whose names fit. */
  public StateDict filter(Predicate<String> names) {
    Map<String, Tensor> kept = new LinkedHashMap<>();
    entries.forEach(
        (name, tensor) -> {
          if (names.test(name)) {
            kept.put(name, tensor);
          }
        });
    return new StateDict(kept, metadata);
  }

  /** The same tensors under other names. Errors: STATE when two entries come to have one name. */
  public StateDict rename(UnaryOperator<String> renaming) {
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    LoadComparison.sources(entries.keySet(), renaming)
        .forEach((target, name) -> renamed.put(target, get(name)));
    return new StateDict(renamed, metadata);
  }

  /** Takes a prefix such as "module." off the names that have it. Errors: as for rename. */
  public StateDict stripPrefix(String prefix) {
    return rename(name -> name.startsWith(prefix) ? name.substring(prefix.length()) : name);
  }

  /** Floating-point entries as another element type; others stay. Errors: DTYPE. */
  public StateDict convert(DType dtype) {
    Map<String, Tensor> converted = new LinkedHashMap<>();
    entries.forEach(
        (name, tensor) ->
            converted.put(name, tensor.dtype().isFloat() ? tensor.dense().convert(dtype) : tensor));
    return new StateDict(converted, metadata);
  }

  /** Names whose tensors have memory in common, group by group: tied weights and views. */
  public List<List<String>> shared() {
    return SharedMemory.groups(entries);
  }
}
