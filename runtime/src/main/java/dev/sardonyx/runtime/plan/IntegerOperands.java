package dev.sardonyx.runtime.plan;

import dev.sardonyx.api.op.IntegerProductOp;
import dev.sardonyx.api.tensor.DenseTensor;
import dev.sardonyx.api.tensor.Elements;
import dev.sardonyx.api.type.DType;
import java.util.stream.LongStream;

/**
 * Where an operator has its operands.
 *
 * @param quantized whether there are scales, of which the sums become numbers of 8 bits again
 */
record IntegerOperands(int right, int leftZero, int rightZero, boolean quantized) {
  static final int LEFT = 0;
  static final int LEFT_SCALE = 1;
  static final int RIGHT_SCALE = 4;
  static final int Y_SCALE = 6;
  static final int Y_ZERO = 7;
  static final int BIAS = 8;

  /** What makes a number of 8 bits with a sign of one without, or the other way round. */
  static final int SIGN = 0x80;

  static IntegerOperands of(IntegerProductOp op) {
    return switch (op) {
      case IntegerProductOp.MatMulInteger _, IntegerProductOp.ConvInteger _ ->
          new IntegerOperands(1, 2, 3, false);
      case IntegerProductOp.QLinearMatMul _, IntegerProductOp.QLinearConv _ ->
          new IntegerOperands(3, 2, 5, true);
    };
  }

  static boolean isByte(DType type) {
    return type == DType.INT8 || type == DType.UINT8;
  }

  /**
   * Whether all are of 8 bits, one scale and zero point serves all of the left operand and of the
   * result, and the right one is even about zero once it has a sign.
   *
   * @param columns how many scales the right one may have
   */
  boolean areEven(Call call, long columns) {
    boolean bytes = isByte(call.input(LEFT).dtype()) && isByte(call.input(right).dtype());
    boolean single = isSingle(call, leftZero) && isCentred(call);
    if (!quantized) {
      return bytes && single;
    }
    long scales = Sizes.product(call.sizes(RIGHT_SCALE));
    return bytes
        && single
        && isByte(call.output().dtype())
        && call.input(LEFT_SCALE).dtype() == DType.FLOAT32
        && isSingle(call, LEFT_SCALE)
        && isSingle(call, Y_SCALE)
        && isSingle(call, Y_ZERO)
        && call.input(Y_ZERO).constant().isPresent()
        && (scales == 1 || scales == columns && call.sizes(RIGHT_SCALE).length == 1);
  }

  private static boolean isSingle(Call call, int index) {
    return !call.has(index) || Sizes.product(call.sizes(index)) == 1;
  }

  private boolean isCentred(Call call) {
    long centre = isUnsigned(call, right) ? SIGN : 0;
    if (!call.has(rightZero)) {
      return centre == 0;
    }
    return call.input(rightZero).constant().filter(zero -> isAll(zero, centre)).isPresent();
  }

  private static boolean isAll(DenseTensor tensor, long wanted) {
    var elements = new Elements(tensor.dtype());
    return LongStream.range(0, tensor.elements())
        .allMatch(i -> elements.integer(tensor.segment(), i) == wanted);
  }

  static boolean isUnsigned(Call call, int index) {
    return call.input(index).dtype() == DType.UINT8;
  }
}
