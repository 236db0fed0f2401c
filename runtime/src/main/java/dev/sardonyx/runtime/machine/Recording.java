package dev.sardonyx.runtime.machine;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls of some work while it is done, with all their arguments, so that they can be made again
 * without it: see {@link Arguments#record}. Not thread-safe.
 */
public final class Recording {
  /** Before the arguments of a call: the address of its code, and how many there are. */
  static final int HEAD = 2;

  /** Longs of all calls together: more take longer to read than to make anew. */
  private static final int MOST_WORDS = 1 << 17;

  /** Which part of a list of numbers an argument is, and the argument's place. */
  private record Table(int argument, int from) {}

  private long[] words = new long[1 << 8];
  private int length;
  private long[] numbers = new long[0];
  private int numberCount;
  private final List<Table> tables = new ArrayList<>();
  private final List<MachineCode> codes = new ArrayList<>();
  private final List<Integer> starts = new ArrayList<>();
  private final List<Long> nanos = new ArrayList<>();
  private final Map<MemorySegment.Scope, MemorySegment> memory = new HashMap<>();
  private boolean whole = true;

  /** Something was done that is no call. */
  void miss() {
    whole = false;
  }

  /** Whether all that was done is calls. */
  public boolean isWhole() {
    return whole;
  }

  /**
   * Adds a call before it is made.
   *
   * @param lists bytes of those arguments that are numbers which Java wrote for this call, else 0
   */
  void add(
      MachineCode code,
      MemorySegment block,
      int count,
      @Nullable MemorySegment[] given,
      long[] lists) {
    if (length + HEAD + count > MOST_WORDS) {
      whole = false;
    }
    if (!whole) {
      return;
    }
    if (length + HEAD + count > words.length) {
      words = Arrays.copyOf(words, 2 * words.length);
    }
    starts.add(length);
    codes.add(code);
    words[length++] = code.entry().address();
    words[length++] = count;
    for (int i = 0; i < count; i++) {
      long word = block.getAtIndex(JAVA_LONG, i);
      MemorySegment segment = given[i];
      if (segment == null || lists[i] == 0) {
        words[length++] = word;
      } else {
        tables.add(new Table(length++, numberCount));
        copy(segment, word - segment.address(), lists[i]);
        continue;
      }
      if (segment != null) {
        memory.putIfAbsent(segment.scope(), segment);
      }
    }
  }

  private void copy(MemorySegment from, long offset, long bytes) {
    int count = Math.toIntExact(bytes / Long.BYTES);
    if (numberCount + count > MOST_WORDS) {
      whole = false;
      return;
    }
    if (numberCount + count > numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * (numberCount + count));
    }
    MemorySegment.copy(from, JAVA_LONG, offset, numbers, numberCount, count);
    numberCount += count;
  }

  /** How long the call took that was added last. */
  void took(long time) {
    if (whole) {
      nanos.add(time);
    }
  }

  /** Whether another one has the same calls with the same arguments. */
  public boolean isSame(Recording other) {
    return whole
        && other.whole
        && codes.equals(other.codes)
        && Arrays.equals(words, 0, length, other.words, 0, other.length)
        && Arrays.equals(numbers, 0, numberCount, other.numbers, 0, other.numberCount)
        && tables.equals(other.tables)
        && memory.keySet().equals(other.memory.keySet());
  }

  /** The calls, to be made again. */
  public CallList list() {
    if (!whole || nanos.size() != codes.size()) {
      throw new IllegalStateException("not all that was done is calls that have ended");
    }
    long[] all = Arrays.copyOf(words, length + numberCount);
    System.arraycopy(numbers, 0, all, length, numberCount);
    MemorySegment to = CallList.memory(all.length);
    for (Table table : tables) {
      all[table.argument] = to.address() + (length + (long) table.from) * Long.BYTES;
    }
    MemorySegment.copy(all, 0, to, JAVA_LONG, 0, all.length);
    return new CallList(to, codes, starts, nanos, List.copyOf(memory.values()));
  }
}
