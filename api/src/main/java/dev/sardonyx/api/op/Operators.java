package dev.sardonyx.api.op;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.op.RandomOp.Distribution;
import dev.sardonyx.api.op.ReductionOp.Reduction;
import java.util.Optional;

/** The list of operators by ONNX's names: one line for each. */
public final class Operators {
  private Operators() {}

  /**
   * The operator of a name in a domain with these attributes, or empty when the vocabulary does not
   * have it. Errors: ARGUMENT or UNSUPPORTED for attributes that do not fit.
   *
   * @param domain empty for ai.onnx
   */
  public static Optional<Op> read(String domain, String name, Attributes attributes) {
    return switch (domain) {
      case "" -> read(name, attributes);
      case MlOp.DOMAIN -> MlOp.read(name, attributes);
      case TrainingOp.DOMAIN ->
          switch (name) {
            case "Adagrad" -> Optional.of(TrainingOp.Adagrad.read(attributes));
            case "Adam" -> Optional.of(TrainingOp.Adam.read(attributes));
            case "Momentum" -> Optional.of(TrainingOp.Momentum.read(attributes));
            default -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }

  /**
   * The operator of a name in ai.onnx with these attributes, or empty when the vocabulary does not
   * have it. Errors: ARGUMENT or UNSUPPORTED for attributes that do not fit.
   */
  public static Optional<Op> read(String name, Attributes attributes) {
    return Optional.ofNullable(
        switch (name) {
          case "Abs" -> plain(new UnaryOp.Abs(), attributes);
          case "Acos" -> plain(new TrigonometricOp.Acos(), attributes);
          case "Acosh" -> plain(new TrigonometricOp.Acosh(), attributes);
          case "Add" -> plain(new BinaryOp.Add(), attributes);
          case "AffineGrid" -> AffineGrid.read(attributes);
          case "And" -> plain(new PredicateOp.And(), attributes);
          case "ArgMax" -> ReductionOp.Arg.read(true, attributes);
          case "ArgMin" -> ReductionOp.Arg.read(false, attributes);
          case "Attention" -> Attention.read(attributes);
          case "Asin" -> plain(new TrigonometricOp.Asin(), attributes);
          case "Asinh" -> plain(new TrigonometricOp.Asinh(), attributes);
          case "Atan" -> plain(new TrigonometricOp.Atan(), attributes);
          case "Atanh" -> plain(new TrigonometricOp.Atanh(), attributes);
          case "AveragePool" -> PoolOp.AveragePool.read(attributes);
          case "BatchNormalization" -> NormalizationOp.BatchNormalization.read(attributes);
          case "Bernoulli" -> RandomOp.Bernoulli.read(attributes);
          case "BitCast" -> BitCast.read(attributes);
          case "BitShift" -> BitwiseOp.BitShift.read(attributes);
          case "BitwiseAnd" -> plain(new BitwiseOp.BitwiseAnd(), attributes);
          case "BitwiseNot" -> plain(new BitwiseOp.BitwiseNot(), attributes);
          case "BitwiseOr" -> plain(new BitwiseOp.BitwiseOr(), attributes);
          case "BitwiseXor" -> plain(new BitwiseOp.BitwiseXor(), attributes);
          case "BlackmanWindow" -> TaperOp.read(TaperOp.BlackmanWindow::new, attributes);
          case "Cast" -> Cast.read(attributes);
          case "CastLike" -> CastLike.read(attributes);
          case "CausalConvWithState" -> CausalConvWithState.read(attributes);
          case "Ceil" -> plain(new UnaryOp.Ceil(), attributes);
          case "Celu" -> ActivationOp.Celu.read(attributes);
          case "CenterCropPad" -> CenterCropPad.read(attributes);
          case "Clip" -> plain(new Clip(), attributes);
          case "Compress" -> SelectionOp.Compress.read(attributes);
          case "Col2Im" -> Col2Im.read(attributes);
          case "Concat" -> Concat.read(attributes);
          case "ConcatFromSequence" -> SequenceOp.ConcatFromSequence.read(attributes);
          case "ConstantOfShape" -> FillOp.ConstantOfShape.read(attributes);
          case "Conv" -> Conv.read(attributes);
          case "ConvInteger" -> IntegerProductOp.ConvInteger.read(attributes);
          case "ConvTranspose" -> ConvTranspose.read(attributes);
          case "Cos" -> plain(new UnaryOp.Cos(), attributes);
          case "Cosh" -> plain(new TrigonometricOp.Cosh(), attributes);
          case "CumProd" -> ReductionOp.CumProd.read(attributes);
          case "CumSum" -> ReductionOp.CumSum.read(attributes);
          case "DFT" -> DFT.read(attributes);
          case "DeformConv" -> DeformConv.read(attributes);
          case "DepthToSpace" -> SpaceOp.DepthToSpace.read(attributes);
          case "DequantizeLinear" -> DequantizeLinear.read(attributes);
          case "Det" -> plain(new Det(), attributes);
          case "Div" -> plain(new BinaryOp.Div(), attributes);
          case "Dropout" -> Dropout.read(attributes);
          case "DynamicQuantizeLinear" -> plain(new DynamicQuantizeLinear(), attributes);
          case "Einsum" -> Einsum.read(attributes);
          case "Elu" -> ActivationOp.Elu.read(attributes);
          case "Equal" -> plain(new PredicateOp.Equal(), attributes);
          case "Erf" -> plain(new UnaryOp.Erf(), attributes);
          case "Exp" -> plain(new UnaryOp.Exp(), attributes);
          case "Expand" -> plain(new Expand(), attributes);
          case "EyeLike" -> FillOp.EyeLike.read(attributes);
          case "Flatten" -> Flatten.read(attributes);
          case "Floor" -> plain(new UnaryOp.Floor(), attributes);
          case "GRU" -> RecurrentOp.GRU.read(attributes);
          case "Gather" -> Gather.read(attributes);
          case "GatherElements" -> GatherElements.read(attributes);
          case "GatherND" -> GatherND.read(attributes);
          case "Gelu" -> ActivationOp.Gelu.read(attributes);
          case "Gemm" -> Gemm.read(attributes);
          case "GlobalAveragePool" -> plain(new PoolOp.GlobalAveragePool(), attributes);
          case "GlobalLpPool" -> PoolOp.GlobalLpPool.read(attributes);
          case "GlobalMaxPool" -> plain(new PoolOp.GlobalMaxPool(), attributes);
          case "Greater" -> plain(new PredicateOp.Greater(), attributes);
          case "GreaterOrEqual" -> plain(new PredicateOp.GreaterOrEqual(), attributes);
          case "GridSample" -> GridSample.read(attributes);
          case "GroupNormalization" -> OwnStatisticsOp.GroupNormalization.read(attributes);
          case "HammingWindow" -> TaperOp.read(TaperOp.HammingWindow::new, attributes);
          case "HannWindow" -> TaperOp.read(TaperOp.HannWindow::new, attributes);
          case "HardSigmoid" -> ActivationOp.HardSigmoid.read(attributes);
          case "HardSwish" -> plain(new ActivationOp.HardSwish(), attributes);
          case "Hardmax" -> NormalizationOp.Hardmax.read(attributes);
          case "Identity" -> plain(new UnaryOp.Identity(), attributes);
          case "If" -> ControlOp.If.read(attributes);
          case "ImageDecoder" -> ImageDecoder.read(attributes);
          case "InstanceNormalization" -> OwnStatisticsOp.InstanceNormalization.read(attributes);
          case "IsInf" -> PredicateOp.IsInf.read(attributes);
          case "IsNaN" -> plain(new PredicateOp.IsNaN(), attributes);
          case "LRN" -> NormalizationOp.LRN.read(attributes);
          case "LSTM" -> RecurrentOp.LSTM.read(attributes);
          case "LayerNormalization" -> OwnStatisticsOp.LayerNormalization.read(attributes);
          case "LeakyRelu" -> ActivationOp.LeakyRelu.read(attributes);
          case "Less" -> plain(new PredicateOp.Less(), attributes);
          case "LessOrEqual" -> plain(new PredicateOp.LessOrEqual(), attributes);
          case "LinearAttention" -> LinearAttention.read(attributes);
          case "Log" -> plain(new UnaryOp.Log(), attributes);
          case "LogSoftmax" -> NormalizationOp.LogSoftmax.read(attributes);
          case "Loop" -> ControlOp.Loop.read(attributes);
          case "LpNormalization" -> NormalizationOp.LpNormalization.read(attributes);
          case "LpPool" -> PoolOp.LpPool.read(attributes);
          case "MatMul" -> plain(new MatMul(), attributes);
          case "MatMulInteger" -> plain(new IntegerProductOp.MatMulInteger(), attributes);
          case "Max" -> plain(new VariadicOp.Max(), attributes);
          case "MaxPool" -> PoolOp.MaxPool.read(attributes);
          case "MaxRoiPool" -> RegionOp.MaxRoiPool.read(attributes);
          case "MaxUnpool" -> MaxUnpool.read(attributes);
          case "Mean" -> plain(new VariadicOp.Mean(), attributes);
          case "MelWeightMatrix" -> MelWeightMatrix.read(attributes);
          case "MeanVarianceNormalization" ->
              NormalizationOp.MeanVarianceNormalization.read(attributes);
          case "Min" -> plain(new VariadicOp.Min(), attributes);
          case "Mish" -> plain(new ActivationOp.Mish(), attributes);
          case "Mod" -> BinaryOp.Mod.read(attributes);
          case "Mul" -> plain(new BinaryOp.Mul(), attributes);
          case "Multinomial" -> RandomOp.Multinomial.read(attributes);
          case "Neg" -> plain(new UnaryOp.Neg(), attributes);
          case "NegativeLogLikelihoodLoss" -> LossOp.NegativeLogLikelihoodLoss.read(attributes);
          case "NonMaxSuppression" -> SelectionOp.NonMaxSuppression.read(attributes);
          case "NonZero" -> plain(new SelectionOp.NonZero(), attributes);
          case "Not" -> plain(new PredicateOp.Not(), attributes);
          case "OneHot" -> OneHot.read(attributes);
          case "Optional" -> OptionalOp.Construct.read(attributes);
          case "OptionalGetElement" -> plain(new OptionalOp.OptionalGetElement(), attributes);
          case "OptionalHasElement" -> plain(new OptionalOp.OptionalHasElement(), attributes);
          case "Or" -> plain(new PredicateOp.Or(), attributes);
          case "PRelu" -> plain(new BinaryOp.PRelu(), attributes);
          case "Pad" -> Pad.read(attributes);
          case "Pow" -> plain(new BinaryOp.Pow(), attributes);
          case "QLinearConv" -> IntegerProductOp.QLinearConv.read(attributes);
          case "QLinearMatMul" -> plain(new IntegerProductOp.QLinearMatMul(), attributes);
          case "QuantizeLinear" -> QuantizeLinear.read(attributes);
          case "RMSNormalization" -> OwnStatisticsOp.RMSNormalization.read(attributes);
          case "RandomNormal" -> RandomOp.Fill.read(Distribution.NORMAL, attributes);
          case "RandomNormalLike" -> RandomOp.Like.read(Distribution.NORMAL, attributes);
          case "RandomUniform" -> RandomOp.Fill.read(Distribution.UNIFORM, attributes);
          case "RandomUniformLike" -> RandomOp.Like.read(Distribution.UNIFORM, attributes);
          case "Range" -> FillOp.Range.read(attributes);
          case "Reciprocal" -> plain(new UnaryOp.Reciprocal(), attributes);
          case "RNN" -> RecurrentOp.RNN.read(attributes);
          case "ReduceL1" -> reduce(Reduction.L1, attributes);
          case "ReduceL2" -> reduce(Reduction.L2, attributes);
          case "ReduceLogSum" -> reduce(Reduction.LOG_SUM, attributes);
          case "ReduceLogSumExp" -> reduce(Reduction.LOG_SUM_EXP, attributes);
          case "ReduceMax" -> reduce(Reduction.MAX, attributes);
          case "ReduceMean" -> reduce(Reduction.MEAN, attributes);
          case "ReduceMin" -> reduce(Reduction.MIN, attributes);
          case "ReduceProd" -> reduce(Reduction.PROD, attributes);
          case "ReduceSum" -> reduce(Reduction.SUM, attributes);
          case "ReduceSumSquare" -> reduce(Reduction.SUM_SQUARE, attributes);
          case "RegexFullMatch" -> TextOp.RegexFullMatch.read(attributes);
          case "Relu" -> plain(new UnaryOp.Relu(), attributes);
          case "Reshape" -> Reshape.read(attributes);
          case "Resize" -> Resize.read(attributes);
          case "RotaryEmbedding" -> RotaryEmbedding.read(attributes);
          case "ReverseSequence" -> ReverseSequence.read(attributes);
          case "RoiAlign" -> RegionOp.RoiAlign.read(attributes);
          case "Round" -> plain(new UnaryOp.Round(), attributes);
          case "Scan" -> Scan.read(attributes);
          case "ScatterElements" -> ScatterElements.read(attributes);
          case "ScatterND" -> ScatterND.read(attributes);
          case "STFT" -> STFT.read(attributes);
          case "Selu" -> ActivationOp.Selu.read(attributes);
          case "Shape" -> ShapeOf.read(attributes);
          case "SequenceAt" -> plain(new SequenceOp.SequenceAt(), attributes);
          case "SequenceConstruct" -> plain(new SequenceOp.SequenceConstruct(), attributes);
          case "SequenceEmpty" -> SequenceOp.SequenceEmpty.read(attributes);
          case "SequenceErase" -> plain(new SequenceOp.SequenceErase(), attributes);
          case "SequenceInsert" -> plain(new SequenceOp.SequenceInsert(), attributes);
          case "SequenceLength" -> plain(new SequenceOp.SequenceLength(), attributes);
          case "SequenceMap" -> SequenceMap.read(attributes);
          case "Shrink" -> ActivationOp.Shrink.read(attributes);
          case "Sigmoid" -> plain(new UnaryOp.Sigmoid(), attributes);
          case "Sign" -> plain(new UnaryOp.Sign(), attributes);
          case "Sin" -> plain(new UnaryOp.Sin(), attributes);
          case "Sinh" -> plain(new TrigonometricOp.Sinh(), attributes);
          case "Size" -> plain(new SizeOf(), attributes);
          case "Slice" -> plain(new Slice(), attributes);
          case "Softmax" -> NormalizationOp.Softmax.read(attributes);
          case "SoftmaxCrossEntropyLoss" -> LossOp.SoftmaxCrossEntropyLoss.read(attributes);
          case "Softplus" -> plain(new ActivationOp.Softplus(), attributes);
          case "Softsign" -> plain(new ActivationOp.Softsign(), attributes);
          case "SpaceToDepth" -> SpaceOp.SpaceToDepth.read(attributes);
          case "Split" -> Split.read(attributes);
          case "SplitToSequence" -> SplitToSequence.read(attributes);
          case "Sqrt" -> plain(new UnaryOp.Sqrt(), attributes);
          case "Squeeze" -> plain(new AxesOp.Squeeze(), attributes);
          case "StringConcat" -> plain(new TextOp.StringConcat(), attributes);
          case "StringNormalizer" -> StringNormalizer.read(attributes);
          case "StringSplit" -> TextOp.StringSplit.read(attributes);
          case "Sub" -> plain(new BinaryOp.Sub(), attributes);
          case "Sum" -> plain(new VariadicOp.Sum(), attributes);
          case "Swish" -> ActivationOp.Swish.read(attributes);
          case "Tan" -> plain(new TrigonometricOp.Tan(), attributes);
          case "Tanh" -> plain(new UnaryOp.Tanh(), attributes);
          case "TensorScatter" -> TensorScatter.read(attributes);
          case "TfIdfVectorizer" -> TfIdfVectorizer.read(attributes);
          case "ThresholdedRelu" -> ActivationOp.ThresholdedRelu.read(attributes);
          case "Tile" -> plain(new Tile(), attributes);
          case "TopK" -> TopK.read(attributes);
          case "Transpose" -> Transpose.read(attributes);
          case "Trilu" -> Trilu.read(attributes);
          case "Unique" -> SelectionOp.Unique.read(attributes);
          case "Unsqueeze" -> plain(new AxesOp.Unsqueeze(), attributes);
          case "Where" -> plain(new Where(), attributes);
          case "Xor" -> plain(new PredicateOp.Xor(), attributes);
          default -> null;
        });
  }

  private static Op reduce(Reduction reduction, Attributes attributes) {
    return ReductionOp.Reduce.read(reduction, attributes);
  }

  private static Op plain(Op op, Attributes attributes) {
    if (!attributes.byName().isEmpty()) {
      throw new SardonyxException(
          ErrorCode.UNSUPPORTED, op.name() + ": unknown attributes " + attributes);
    }
    return op;
  }
}
