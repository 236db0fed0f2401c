package dev.sardonyx.runtime.machine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers of a processor, recorded in lines {@code leaf part: eax ebx ecx edx} of hex digits. */
final class RecordedQuestions implements Questions {
  private final Map<List<Integer>, Answer> answers = new HashMap<>();
  private final long saved;
  private final boolean permits;
  private boolean askedForTiles;

  RecordedQuestions(String lines, long saved, boolean permits) {
    this.saved = saved;
    this.permits = permits;
    for (String line : lines.lines().toList()) {
      String[] words = line.split(":? ");
      int[] n = new int[6];
      for (int i = 0; i < n.length; i++) {
        n[i] = Integer.parseUnsignedInt(words[i], 16);
      }
      answers.put(List.of(n[0], n[1]), new Answer(n[2], n[3], n[4], n[5]));
    }
  }

  @Override
  public Answer cpuid(int leaf, int part) {
    return answers.getOrDefault(List.of(leaf, part), Answer.NOTHING);
  }

  @Override
  public long saved() {
    if ((cpuid(1, 0).c() >>> 27 & 1) == 0) {
      throw new AssertionError("XGETBV is no instruction where the system does not use XSAVE");
    }
    return saved;
  }

  @Override
  public boolean permitsTiles() {
    askedForTiles = true;
    return permits;
  }

  boolean askedForTiles() {
    return askedForTiles;
  }
}
