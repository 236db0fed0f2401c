package dev.sardonyx.api.op;

/** Products of matrices. */
public sealed interface MatrixOp extends Op permits Det, Einsum, Gemm, MatMul {}
