package dev.sardonyx.api.op;

/** Operators that take elements from between the places of others, or add them up at places. */
public sealed interface SamplingOp extends Op permits AffineGrid, Col2Im, DeformConv, GridSample {}
