package dev.sardonyx.api.tensor;

import dev.sardonyx.api.op.Trilu;
import dev.sardonyx.api.type.Dim;
import java.util.List;

/** The part of {@link Tensor} that takes some of the elements. */
sealed interface Indexing permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /**
   * What indices take, one for each dim from the first on; dims without one are taken whole.
   * Errors: ARGUMENT for too many indices or one outside its dim, naming dim, index and size.
   */
  default Tensor get(Index... indices) {
    return Selection.get(self(), indices);
  }

  /** The elements at one position of a dim, which goes. Errors: ARGUMENT outside the dim. */
  default Tensor select(int dim, long index) {
    return Selection.select(self(), dim, index);
  }

  /** Some elements of a dim from start on. Errors: ARGUMENT outside the dim. */
  default Tensor narrow(int dim, long start, long length) {
    return narrow(dim, Dim.of(start), Dim.of(length));
  }

  /** The same with dims that may be symbols. */
  default Tensor narrow(int dim, Dim start, Dim length) {
    return Selection.narrow(self(), dim, start, length);
  }

  /** The elements of a dim at the positions that a vector holds. Source: torch.index_select. */
  default Tensor indexSelect(int dim, Tensor index) {
    return Selection.indexSelect(self(), dim, index);
  }

  /** For each index the element at its own place, but at the index along dim: torch.gather. */
  default Tensor gather(int dim, Tensor index) {
    return Selection.gather(self(), dim, index);
  }

  /** Parts of one size along a dim; the last may be smaller. Errors: ARGUMENT for a symbol. */
  default List<Tensor> split(long splitSize, int dim) {
    return Selection.splitEvery(self(), splitSize, dim);
  }

  /** Parts of given sizes along a dim. Errors: SHAPE unless they fill it. */
  default List<Tensor> split(long[] sizes, int dim) {
    return Selection.split(self(), dim, sizes);
  }

  /**
   * A dim cut into so many parts of one size; the last may be smaller, and there are fewer where
   * the elements are used up. A symbolic dim must be a multiple of chunks.
   */
  default List<Tensor> chunk(int chunks, int dim) {
    return Selection.chunk(self(), chunks, dim);
  }

  /** The tensors at all positions of a dim, without it. Errors: SHAPE for a symbol. */
  default List<Tensor> unbind(int dim) {
    return Selection.unbind(self(), dim);
  }

  /** The order of the elements reversed along dims. */
  default Tensor flip(int... dims) {
    return Selection.flip(self(), dims);
  }

  /** The elements moved along a dim; those that leave at the end come in at the front. */
  default Tensor roll(long shift, int dim) {
    return Selection.roll(self(), shift, dim);
  }

  /** Matrices with zeros below a diagonal, 0 being the main one. */
  default Tensor triu(long diagonal) {
    return Operations.apply(new Trilu(true), self(), Tensor.scalar(diagonal));
  }

  /** Matrices with zeros below the main diagonal. */
  default Tensor triu() {
    return triu(0);
  }

  /** Matrices with zeros above a diagonal, 0 being the main one. */
  default Tensor tril(long diagonal) {
    return Operations.apply(new Trilu(false), self(), Tensor.scalar(diagonal));
  }

  /** Matrices with zeros above the main diagonal. */
  default Tensor tril() {
    return tril(0);
  }
}
