package dev.sardonyx.onnx.internal.upgrade;

/**
 * What changed in the operators of ai.onnx from version to version: one line for each that had
 * another form. Versions that only allow more element types or attributes need no line. Source:
 * ONNX's changelog of operators.
 */
public final class Upgrade {
  private Upgrade() {}

  /** Gives a node the newest form, or refuses when no nodes of the newest forms mean the same. */
  public static void apply(Draft node) {
    if (node.olderThan(6)) {
      node.drop("consumed_inputs"); // a hint on memory
    }
    switch (node.operator()) {
      case "Add", "And", "Div", "Equal", "Gemm", "Greater" -> LegacyBroadcast.binary(node);
      case "Less", "Mul", "Or", "Pow", "Sub", "Xor" -> LegacyBroadcast.binary(node);
      case "BatchNormalization" -> NormalizationForms.batch(node);
      case "Cast" -> ElementForms.cast(node);
      case "Clip" -> PadForms.clip(node);
      case "Concat" -> AxesForms.concat(node);
      case "Conv", "ConvInteger", "ConvTranspose", "DeformConv" -> WindowForms.convolution(node, 1);
      case "DFT" -> AxesForms.dft(node);
      case "Dropout" -> NormalizationForms.dropout(node);
      case "GlobalLpPool", "LpPool" -> WindowForms.lpPool(node);
      case "GRU", "LSTM", "RNN" -> recurrent(node);
      case "GridSample" -> WindowForms.gridSample(node);
      case "GroupNormalization" -> NormalizationForms.group(node);
      case "Hardmax", "LogSoftmax", "Softmax" -> FlattenedSoftmax.upgrade(node);
      case "Pad" -> PadForms.pad(node);
      case "PRelu" -> LegacyBroadcast.prelu(node);
      case "QLinearConv" -> WindowForms.convolution(node, 3);
      case "ReduceL1", "ReduceL2", "ReduceMax", "ReduceMean" -> AxesForms.axes(node, 18);
      case "ReduceLogSum", "ReduceLogSumExp", "ReduceMin" -> AxesForms.axes(node, 18);
      case "ReduceProd", "ReduceSumSquare" -> AxesForms.axes(node, 18);
      case "ReduceSum", "Squeeze", "Unsqueeze" -> AxesForms.axes(node, 13);
      case "Reshape" -> AxesForms.reshape(node);
      case "Resize" -> ResizeForms.resize(node);
      case "RoiAlign" -> WindowForms.roiAlign(node);
      case "Scan" -> BatchedScan.upgrade(node);
      case "Scatter" -> ElementForms.scatter(node);
      case "Selu" -> ElementForms.selu(node);
      case "Slice" -> AxesForms.slice(node);
      case "Split" -> AxesForms.split(node);
      case "Tile" -> AxesForms.tile(node);
      case "TopK" -> AxesForms.topK(node);
      case "Upsample" -> ResizeForms.upsample(node);
      default -> {} // the same in all its versions
    }
  }

  /** Whether there is an output for each step was said twice: it is there or not. */
  private static void recurrent(Draft node) {
    if (node.olderThan(7)) {
      node.drop("output_sequence");
    }
  }
}
