package dev.sardonyx.api.state;

/**
 * How a checkpoint is written.
 *
 * @param shardBytes the most bytes of tensors per file where an index file is written
 */
public record WriteOptions(long shardBytes) {
  private static final WriteOptions DEFAULTS = new WriteOptions(5_000_000_000L);

  /** Shards of 5 GB, as the hubs' tools write them. */
  public static WriteOptions defaults() {
    return DEFAULTS;
  }

  /** The most bytes of tensors per file where an index file is written. */
  public WriteOptions shardBytes(long changed) {
    return new WriteOptions(changed);
  }
}
