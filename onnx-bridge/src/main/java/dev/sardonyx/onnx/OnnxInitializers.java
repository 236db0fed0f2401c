package dev.sardonyx.onnx;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.state.CheckpointFormat;
import dev.sardonyx.api.state.ReadOptions;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.state.WriteOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;

/** The initializers of an ONNX file as a checkpoint, under their names and in the file's order. */
public final class OnnxInitializers implements CheckpointFormat {
  private static final int IR_VERSION_TAG = 0x08;

  @Override
  public String name() {
    return "ONNX";
  }

  @Override
  public List<String> extensions() {
    return List.of(".onnx");
  }

  /** The name, or an IR version as first field and another field of a model after it. */
  @Override
  public boolean recognises(String fileName, byte[] head) {
    return head.length > 4
        && head[0] == IR_VERSION_TAG
        && head[1] > 0
        && (fileName.endsWith(".onnx") || (isModelField(head[2]) && head[3] != 0 && head[4] != 0));
  }

  /** Tags of ModelProto's fields 2 to 8, as exporters write them. */
  private static boolean isModelField(byte tag) {
    return tag == 0x12 || tag == 0x1A || tag == 0x22 || tag == 0x28 || tag == 0x3A || tag == 0x42;
  }

  @Override
  public StateDict read(Path file, ReadOptions options) {
    if (options.key().filter(key -> !key.isEmpty()).isPresent()) {
      throw new SardonyxException(
          ErrorCode.NOT_FOUND, "ONNX files are not nested: no key is there");
    }
    return new StateDict(new LinkedHashMap<>(Onnx.read(file).initializers()));
  }

  /** Refused: weights alone are no model. */
  @Override
  public void write(StateDict state, Path file, WriteOptions options) {
    throw new SardonyxException(
        ErrorCode.UNSUPPORTED,
        "an .onnx file holds a model, not weights alone: load them into a model and export it");
  }
}
