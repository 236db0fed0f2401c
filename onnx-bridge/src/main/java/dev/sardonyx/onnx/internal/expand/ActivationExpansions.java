package dev.sardonyx.onnx.internal.expand;

import dev.sardonyx.api.graph.Value;
import dev.sardonyx.api.op.ActivationOp;
import dev.sardonyx.api.op.BinaryOp;
import dev.sardonyx.api.op.UnaryOp;

/** Activations as arithmetic. */
final class ActivationExpansions {
  private ActivationExpansions() {}

  static boolean expand(ActivationOp op, Parts parts) {
    Value x = parts.input(0);
    switch (op) {
      case ActivationOp.Gelu(String approximate) -> gelu(approximate.equals("tanh"), x, parts);
      case ActivationOp.Mish _ -> {
        Value soft = parts.add(new UnaryOp.Tanh(), parts.add(new ActivationOp.Softplus(), x));
        parts.last(new BinaryOp.Mul(), x, soft);
      }
      case ActivationOp.HardSwish _ -> {
        Value gate = parts.add(new ActivationOp.HardSigmoid(1 / 6f, 0.5f), x);
        parts.last(new BinaryOp.Mul(), x, gate);
      }
      case ActivationOp.Swish(float alpha) -> {
        Value scaled = parts.add(new BinaryOp.Mul(), x, parts.number(alpha));
        parts.last(new BinaryOp.Mul(), x, parts.add(new UnaryOp.Sigmoid(), scaled));
      }
      case ActivationOp.Celu(float alpha) -> {
        Value scale = parts.number(alpha);
        Value scaled = parts.add(new BinaryOp.Div(), x, scale);
        parts.last(new BinaryOp.Mul(), parts.add(new ActivationOp.Elu(1), scaled), scale);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** x / 2 * (1 + erf(x / sqrt(2))), or with tanh(sqrt(2 / pi) * (x + 0.044715 * x^3)) for erf. */
  private static void gelu(boolean tanh, Value x, Parts parts) {
    Value curve;
    if (tanh) {
      Value square = parts.add(new BinaryOp.Mul(), x, x);
      Value cube = parts.add(new BinaryOp.Mul(), x, square);
      Value small = parts.add(new BinaryOp.Mul(), cube, parts.number(0.044715));
      Value sum = parts.add(new BinaryOp.Add(), x, small);
      Value scale = parts.number(Math.sqrt(2 / Math.PI));
      curve = parts.add(new UnaryOp.Tanh(), parts.add(new BinaryOp.Mul(), sum, scale));
    } else {
      Value scaled = parts.add(new BinaryOp.Div(), x, parts.number(Math.sqrt(2)));
      curve = parts.add(new UnaryOp.Erf(), scaled);
    }
    Value half = parts.add(new BinaryOp.Mul(), x, parts.number(0.5));
    Value both = parts.add(new BinaryOp.Add(), curve, parts.number(1));
    parts.last(new BinaryOp.Mul(), half, both);
  }
}
