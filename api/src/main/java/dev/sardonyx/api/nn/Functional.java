package dev.sardonyx.api.nn;

/**
 * Layers as functions: no state, weights are arguments, absent ones null. Names and meaning are
 * those of torch.nn.functional. Errors of all: SHAPE or DTYPE where tensors do not fit, ARGUMENT
 * for other arguments outside what is allowed. The functions stand by theme in the classes above.
 */
public final class Functional extends AttentionFunctions {
  private Functional() {}
}
