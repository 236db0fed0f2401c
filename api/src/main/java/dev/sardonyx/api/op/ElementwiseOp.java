package dev.sardonyx.api.op;

/** Operators that treat each element alone: of one tensor, or of several that broadcast. */
public sealed interface ElementwiseOp extends Op
    permits ActivationOp,
        BinaryOp,
        BitCast,
        BitwiseOp,
        Cast,
        CastLike,
        Clip,
        Dropout,
        PredicateOp,
        TrigonometricOp,
        UnaryOp,
        VariadicOp,
        Where {}
