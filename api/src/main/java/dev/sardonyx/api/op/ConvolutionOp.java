package dev.sardonyx.api.op;

/** Convolutions. */
public sealed interface ConvolutionOp extends Op permits Conv, ConvTranspose {}
