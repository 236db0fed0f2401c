package dev.sardonyx.api.nn;

/** a * sigmoid(b), with a and b the halves of x along a dim of even size. Source: torch.nn.GLU. */
public final class GLU extends Activation {

  /** Along the last dim. */
  public GLU() {
    this(-1);
  }

  /** Along a dim, which may count from the end. */
  public GLU(int dim) {
    super("GLU", "dim=" + dim, x -> Functional.glu(x, dim));
  }
}
