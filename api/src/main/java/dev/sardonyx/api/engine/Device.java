package dev.sardonyx.api.engine;

/** Where an engine computes. */
public enum Device {
  CPU,
  CUDA
}
