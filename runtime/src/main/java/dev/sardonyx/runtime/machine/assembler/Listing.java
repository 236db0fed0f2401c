package dev.sardonyx.runtime.machine.assembler;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Code with the instructions that it was written from. */
public final class Listing {
  /** Bytes of an instruction that are shown in its column; few have more. */
  private static final int COLUMN = 3 * 11;

  /** An instruction and where it begins. */
  record Line(int offset, String mnemonic, List<Object> operands) {
    @Override
    public String toString() {
      String list = operands.stream().map(Line::text).collect(Collectors.joining(", "));
      return list.isEmpty() ? mnemonic : mnemonic + " " + list;
    }

    private static String text(Object operand) {
      return operand instanceof Number n ? "0x" + Long.toHexString(n.longValue()) : "" + operand;
    }
  }

  private final byte[] code;
  private final List<Line> lines;

  Listing(byte[] code, List<Line> lines) {
    this.code = code;
    this.lines = lines;
  }

  /** A line for each instruction: its offset, its bytes, its text in Intel's order. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      int end = i + 1 < lines.size() ? lines.get(i + 1).offset() : code.length;
      String bytes = HexFormat.ofDelimiter(" ").formatHex(code, line.offset(), end);
      text.append("%6x  ".formatted(line.offset())).append(bytes);
      text.append(" ".repeat(Math.max(1, COLUMN - bytes.length()))).append(line).append('\n');
    }
    return text.toString();
  }
}
