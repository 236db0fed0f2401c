package dev.sardonyx.api.tensor;

/**
 * A tensor that is part of a module's state but not learned, such as running statistics. Source:
 * torch.nn.Module.register_buffer.
 */
public final class Buffer extends Variable {
  private final boolean persistent;

  /** A variable of this value that state dicts hold. */
  public Buffer(Tensor value) {
    this(value, true);
  }

  /** The same; one that is not persistent is converted with its module but in no state dict. */
  public Buffer(Tensor value, boolean persistent) {
    super(value);
    this.persistent = persistent;
  }

  /** Whether state dicts hold it. */
  public boolean isPersistent() {
    return persistent;
  }
}
