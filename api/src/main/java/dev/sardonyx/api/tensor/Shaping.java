package dev.sardonyx.api.tensor;

import dev.sardonyx.api.type.Dim;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The part of {@link Tensor} that changes shapes and orders. */
sealed interface Shaping permits Tensor {

  private Tensor self() {
    return (Tensor) this;
  }

  /** The same elements in another shape; one size may be -1. */
  default Tensor reshape(long... sizes) {
    return Reshaping.reshape(self(), Arrays.stream(sizes).mapToObj(Dim::of).toList());
  }

  /** The same with a first dim that may be a symbol: {@code x.reshape(x.size(0), -1)}. */
  default Tensor reshape(Dim first, long... others) {
    List<Dim> dims = new ArrayList<>(List.of(first));
    Arrays.stream(others).mapToObj(Dim::of).forEach(dims::add);
    return Reshaping.reshape(self(), dims);
  }

  /** The same with dims that may be symbols; {@code Dim.of(-1)} is computed. */
  default Tensor reshape(List<Dim> dims) {
    return Reshaping.reshape(self(), dims);
  }

  /** The same as {@link #reshape(long...)}: tensors have no strides here. */
  default Tensor view(long... sizes) {
    return reshape(sizes);
  }

  /** The same as {@link #reshape(Dim, long...)}. */
  default Tensor view(Dim first, long... others) {
    return reshape(first, others);
  }

  /** The axes from start to end, both included, made one. Source: torch.flatten. */
  default Tensor flatten(int startDim, int endDim) {
    return Reshaping.flatten(self(), startDim, endDim);
  }

  /** All axes from start on made one. */
  default Tensor flatten(int startDim) {
    return flatten(startDim, -1);
  }

  /** Two axes swapped. */
  default Tensor transpose(int a, int b) {
    return Reshaping.transpose(self(), a, b);
  }

  /** The axes in another order. */
  default Tensor permute(int... order) {
    return Reshaping.permute(self(), order);
  }

  /** A dim of size 1 put in at an axis of the result. */
  default Tensor unsqueeze(int axis) {
    return Reshaping.unsqueeze(self(), axis);
  }

  /** The dim at an axis taken out where it is 1. Errors: SHAPE where it is a symbol. */
  default Tensor squeeze(int axis) {
    return Reshaping.squeeze(self(), axis);
  }

  /**
   * Dims of size 1 repeated up to sizes, new dims put in front; -1 keeps a dim. Errors: SHAPE for
   * other dims. Source: torch.Tensor.expand.
   */
  default Tensor expand(long... sizes) {
    return expand(Arrays.stream(sizes).mapToObj(Dim::of).toList());
  }

  /** The same with dims that may be symbols. */
  default Tensor expand(List<Dim> sizes) {
    return Reshaping.expand(self(), sizes);
  }

  /** Expanded to another's shape. */
  default Tensor expandAs(Tensor other) {
    return expand(other.shape().dims());
  }

  /** The tensor repeated along each dim; new dims come in front. Source: torch.Tensor.repeat. */
  default Tensor repeat(long... repeats) {
    return Reshaping.repeat(self(), repeats);
  }

  /** The same, where numbers may be left out in front. Source: torch.tile. */
  default Tensor tile(long... repeats) {
    long[] full = new long[Math.max(repeats.length, self().rank())];
    Arrays.fill(full, 1);
    System.arraycopy(repeats, 0, full, full.length - repeats.length, repeats.length);
    return Reshaping.repeat(self(), full);
  }

  /** A dim split into several; one size may be -1. Source: torch.unflatten. */
  default Tensor unflatten(int dim, long... sizes) {
    return Reshaping.unflatten(self(), dim, Arrays.stream(sizes).mapToObj(Dim::of).toList());
  }

  /** A dim moved to another place. */
  default Tensor movedim(int source, int destination) {
    return Reshaping.movedim(self(), source, destination);
  }

  /** A matrix transposed; vectors and scalars stay. Errors: SHAPE beyond two dims. */
  default Tensor t() {
    return Reshaping.matrixTranspose(self());
  }
}
