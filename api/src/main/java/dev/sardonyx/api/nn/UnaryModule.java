package dev.sardonyx.api.nn;

import dev.sardonyx.api.tensor.Tensor;

/** A module of one tensor in and one tensor out: what Sequential takes. */
public interface UnaryModule extends NnModule {

  /** Computes the output. Errors: SHAPE, DTYPE when the input does not fit. */
  Tensor forward(Tensor x);
}
