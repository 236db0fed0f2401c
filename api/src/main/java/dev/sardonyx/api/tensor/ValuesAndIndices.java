package dev.sardonyx.api.tensor;

/** Elements that were chosen along a dim, and where they stood in it. Source: torch.max(dim). */
public record ValuesAndIndices(Tensor values, Tensor indices) {}
