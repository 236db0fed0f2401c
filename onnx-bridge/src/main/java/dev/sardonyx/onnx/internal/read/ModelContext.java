package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.onnx.internal.codec.TensorMemory;

/** What all graphs of a model are read with. */
record ModelContext(OpsetImports imports, Functions functions, TensorMemory memory) {
  /** The same for nodes that are written for other operator sets. */
  ModelContext with(OpsetImports others) {
    return new ModelContext(others, functions, memory);
  }
}
