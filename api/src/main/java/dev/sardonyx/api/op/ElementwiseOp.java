package dev.sardonyx.api.op;

/** Operators that treat each element alone: of one tensor, or of two that broadcast. */
public sealed interface ElementwiseOp extends Op permits UnaryOp, BinaryOp {}
