package dev.sardonyx.api.op;

/** Operators on signals: tapers, Fourier transforms and filters. */
public sealed interface SignalOp extends Op permits TaperOp, DFT, STFT, MelWeightMatrix {}
