package dev.sardonyx.runtime.checkpoint.pytorch;

/** What a call of an allowed name builds. Nothing else is ever called. */
enum TorchFunction {
  DICT,
  SET,
  TUPLE,
  REBUILD_TENSOR,
  REBUILD_TENSOR_V2,
  REBUILD_TENSOR_V3,
  REBUILD_PARAMETER,
  REBUILD_QTENSOR,
  REBUILD_FROM_TYPE,
  /** A tensor of a kind that is not read. */
  ODD_TENSOR
}
