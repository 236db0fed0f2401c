package dev.sardonyx.api.op;

import dev.sardonyx.api.type.Dim;
import dev.sardonyx.api.type.TensorType;

/** The dims of queries, keys or values, whatever the layout that they come in. */
record AttentionHeads(Dim batch, Dim heads, Dim sequence, Dim size) {

  /**
   * Those of an input of known shape.
   *
   * @param given the attribute that tells the heads; 0 where it is not there
   */
  static AttentionHeads of(Inputs in, int index, String name, int given) {
    TensorType type = in.tensor(index, name);
    if (type.rank() != in.tensor(0, "Q").rank() || type.rank() < 3 || type.rank() > 4) {
      throw in.shapeError("Q, K and V must all have rank 3 or 4, found " + type);
    }
    if (type.rank() == 4) {
      if (given != 0) {
        in.requireEqual(type.dim(1), Dim.of(given), name + " must have the given heads");
      }
      return new AttentionHeads(type.dim(0), type.dim(1), type.dim(2), type.dim(3));
    }
    return new AttentionHeads(
        type.dim(0), Dim.of(given), type.dim(1), size(in, name, type.dim(2), given));
  }

  /** The size of a head where all are side by side. Errors: ARGUMENT without heads, SHAPE. */
  static Dim size(Inputs in, String name, Dim hidden, int heads) {
    if (heads < 1) {
      throw in.argumentError("the number of heads must be given and 1 or more, found " + heads);
    }
    if (hidden instanceof Dim.Fixed(long all) && all % heads != 0) {
      throw in.shapeError(name + " must have " + heads + " heads of one size, found " + all);
    }
    return hidden.exactQuotient(Dim.of(heads));
  }
}
