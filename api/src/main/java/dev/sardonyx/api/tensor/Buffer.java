package dev.sardonyx.api.tensor;

/**
 * A tensor that is part of a module's state but not learned, such as running statistics. Source:
 * torch.nn.Module.register_buffer.
 */
public final class Buffer extends Variable {

  /** A variable of this value and, for ever, of this type. */
  public Buffer(Tensor value) {
    super(value);
  }
}
