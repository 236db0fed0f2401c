package dev.sardonyx.api.nn;

/**
 * x moved towards 0 by lambd, 0 where |x| is at most that. Errors: ARGUMENT below 0. Source:
 * torch.nn.Softshrink.
 */
public final class Softshrink extends Activation {

  /** With lambd 0.5. */
  public Softshrink() {
    this(0.5);
  }

  /** With its arguments. */
  public Softshrink(Number lambd) {
    super("Softshrink", PythonText.of(lambd), x -> Functional.softshrink(x, lambd.doubleValue()));
  }
}
