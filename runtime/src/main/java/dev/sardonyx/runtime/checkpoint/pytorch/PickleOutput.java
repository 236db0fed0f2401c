package dev.sardonyx.runtime.checkpoint.pytorch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The opcodes of pickle protocol 2 that a state dict takes. Source: pickletools. */
final class PickleOutput {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  PickleOutput() {
    out.write(0x80);
    out.write(2);
  }

  PickleOutput mark() {
    return code('(');
  }

  /** Everything since the mark. */
  PickleOutput tuple() {
    return code('t');
  }

  PickleOutput emptyTuple() {
    return code(')');
  }

  /** The values since the mark are keys and values of the dict below it. */
  PickleOutput putAll() {
    return code('u');
  }

  PickleOutput call() {
    return code('R');
  }

  PickleOutput persistent() {
    return code('Q');
  }

  PickleOutput no() {
    return code(0x89);
  }

  PickleOutput global(String module, String name) {
    out.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  PickleOutput text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.write('X');
    out.writeBytes(word(utf8.length));
    out.writeBytes(utf8);
    return this;
  }

  /** A number of 0 or more. */
  PickleOutput integer(long value) {
    if (value < 256) {
      out.write('K');
      out.write((int) value);
    } else if (value <= Integer.MAX_VALUE) {
      out.write('J');
      out.writeBytes(word((int) value));
    } else {
      out.write(0x8a);
      out.write(Long.BYTES);
      out.writeBytes(
          ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    }
    return this;
  }

  PickleOutput integers(long... values) {
    mark();
    for (long value : values) {
      integer(value);
    }
    return tuple();
  }

  /** The whole pickle. */
  byte[] finish() {
    code('.');
    return out.toByteArray();
  }

  private PickleOutput code(int opcode) {
    out.write(opcode);
    return this;
  }

  private static byte[] word(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }
}
