package dev.sardonyx.onnx.internal.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.io.IOException;
import java.io.OutputStream;

/** Whole protobuf messages from bytes and to them. */
public final class Messages {
  /** Messages within messages; an If within an If costs three. */
  private static final int DEEPEST = 100;

  private static final int CHUNK = 1 << 16;

  private Messages() {}

  /**
   * The message that the bytes are. Errors: FORMAT, also beyond 100 nested messages.
   *
   * @param kind what is expected, for messages: {@code an ONNX model}
   */
  public static <M extends Message> M parse(ByteString bytes, Parser<M> parser, String kind) {
    return parse(bytes, bytes.size(), parser, kind);
  }

  /** The same of bytes that stand for more. Errors: as there. */
  public static <M extends Message> M parse(
      ByteString bytes, long size, Parser<M> parser, String kind) {
    try {
      CodedInputStream in = bytes.newCodedInput();
      in.setRecursionLimit(DEEPEST);
      in.enableAliasing(true); // weights are copied once, from the file's bytes to their own memory
      M message = parser.parseFrom(in);
      in.checkLastTagWas(0);
      return message;
    } catch (InvalidProtocolBufferException error) {
      throw new SardonyxException(
          ErrorCode.FORMAT,
          "expected "
              + kind
              + ", found "
              + size
              + " bytes that are not (all) of one: "
              + String.valueOf(error.getMessage()).replaceFirst("\\.$", ""),
          error);
    } catch (
        OutOfMemoryError full) { // millions of empty messages: with them all room is free again
      throw new SardonyxException(
          ErrorCode.LIMIT,
          "the " + size + " bytes of " + kind + " make more objects than the heap holds",
          full);
    }
  }

  /** Writes a message; equal messages give equal bytes. */
  public static void write(Message message, OutputStream out) throws IOException {
    CodedOutputStream coded = CodedOutputStream.newInstance(out, CHUNK);
    coded.useDeterministicSerialization();
    message.writeTo(coded);
    coded.flush();
  }
}
