package dev.sardonyx.processor.model;

import java.util.List;

/** What forward returns. */
public sealed interface Output {

  /** A Tensor. */
  record OneTensor() implements Output {}

  /** A record, each of whose components should be a Tensor. */
  record TensorRecord(String type, List<Component> components, boolean visible) implements Output {}

  /** Something that no graph can give. */
  record Other(String type) implements Output {}

  /** A component of the record. */
  record Component(String name, String type, boolean tensor) {}
}
