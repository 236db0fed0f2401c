package dev.sardonyx.api.op;

/** Attention, and what keeps and prepares its state from step to step. */
public sealed interface AttentionOp extends Op
    permits Attention, CausalConvWithState, LinearAttention, RotaryEmbedding, TensorScatter {}
