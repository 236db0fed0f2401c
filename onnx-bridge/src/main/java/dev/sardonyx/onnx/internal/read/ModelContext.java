package dev.sardonyx.onnx.internal.read;

import dev.sardonyx.onnx.internal.codec.TensorMemory;

/**
 * What all graphs of a model are read with.
 *
 * @param producer the program that wrote the file, by its own word
 */
record ModelContext(
    String producer,
    OpsetImports imports,
    Functions functions,
    NodeLimit limit,
    TensorMemory memory) {
  /** The same for nodes that are written for other operator sets. */
  ModelContext with(OpsetImports others) {
    return new ModelContext(producer, others, functions, limit, memory);
  }
}
