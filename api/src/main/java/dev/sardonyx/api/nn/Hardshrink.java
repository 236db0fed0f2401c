package dev.sardonyx.api.nn;

/** 0 where |x| is at most lambd, else x. Source: torch.nn.Hardshrink. */
public final class Hardshrink extends Activation {

  /** With lambd 0.5. */
  public Hardshrink() {
    this(0.5);
  }

  /** With its arguments. */
  public Hardshrink(Number lambd) {
    super("Hardshrink", PythonText.of(lambd), x -> Functional.hardshrink(x, lambd.doubleValue()));
  }
}
