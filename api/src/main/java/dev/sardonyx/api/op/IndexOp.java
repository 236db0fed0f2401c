package dev.sardonyx.api.op;

/** Operators that find or place elements by indices; what they move they do not change. */
public sealed interface IndexOp extends Op
    permits GatherND, ScatterElements, ScatterND, ReverseSequence, TopK {
  @Override
  default Precision precision() {
    return Precision.EXACT;
  }
}
