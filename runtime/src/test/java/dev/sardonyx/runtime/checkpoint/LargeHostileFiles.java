package dev.sardonyx.runtime.checkpoint;

import dev.sardonyx.api.file.AtomicFile;
import dev.sardonyx.runtime.checkpoint.file.MemoryLimit;
import dev.sardonyx.runtime.checkpoint.zip.ZipArchive;
import dev.sardonyx.runtime.checkpoint.zip.ZipWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes the hostile files that are too large to keep, and more that eat memory and time. */
final class LargeHostileFiles {
  private static final byte[] ONE_TO_FOUR = {
    0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40, 0, 0, 0x40, 0x40, 0, 0, (byte) 0x80, 0x40
  };
  private static final int MEGABYTE = 1 << 20;

  private final Path folder;

  LargeHostileFiles(Path folder) {
    this.folder = folder;
  }

  void write() throws IOException {
    safetensors();
    byte[] deep = new byte[500_000];
    Arrays.fill(deep, (byte) 0x85);
    pickle("pkl_deep_tuple", ")", deep, ".");
    pickle("own_dicts", "", filled(5 * MEGABYTE, "}"), ".");
    pickle("own_memo", "", filled(5 * MEGABYTE, "]\u0094"), ".");
    pickle("own_marks", "", filled(5 * MEGABYTE, "("), ".");
    pickle("own_text", "X\0\0\0\u0001", filled(16 * MEGABYTE, "\u00c3\u00a9"), ".");
    // a dict of 1,000 entries, of which copies are made again and again
    byte[] pairs = concat(text("}q\0("), pairs(1000), text("u"));
    byte[] copies = filled(MEGABYTE, "ccollections\nOrderedDict\nh\0\u0085R");
    pickle("own_copies", "", concat(pairs, copies), ".");
    bombs();
  }

  private static byte[] pairs(int count) {
    var out = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      out.writeBytes(new byte[] {'M', (byte) i, (byte) (i >> 8), 'N'});
    }
    return out.toByteArray();
  }

  private void safetensors() throws IOException {
    header("deep_json", "{\"__metadata__\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
    String overlapping =
        IntStream.range(0, 1000)
            .mapToObj(i -> "\"t" + i + "\":" + tensor("F32", "1024", 4096))
            .collect(Collectors.joining(",", "{", "}"));
    header("off_overlap_1000", overlapping, new byte[4096]);
    String ones = "1,".repeat(199_999) + "1";
    header("shape_rank_1m", "{\"a\":" + tensor("F32", ones, 4) + "}", new byte[4]);
    String entries =
        IntStream.range(0, 2_100_000)
            .mapToObj(i -> "\"key " + i + "\":\"\"")
            .collect(Collectors.joining(",", "{", "}"));
    header("own_values", "{\"__metadata__\":" + entries + "}");
    header("own_number", "{\"a\":" + "1".repeat(5 * MEGABYTE) + "}");
  }

  private static String tensor(String dtype, String shape, int bytes) {
    return "{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[0,%d]}"
        .formatted(dtype, shape, bytes);
  }

  private void header(String name, String json, byte... data) throws IOException {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + text.length + data.length);
    file.order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text).put(data);
    Files.write(folder.resolve("safetensors/" + name + ".safetensors"), file.array());
  }

  /** An archive of one pickle of protocol 2. */
  private void pickle(String name, String start, byte[] middle, String end) {
    byte[] pickle = concat(text("\u0080\u0002" + start), middle, text(end));
    AtomicFile.write(
        folder.resolve("pth/" + name + ".pth"),
        out -> {
          var zip = new ZipWriter(out);
          zip.add("m/data.pkl", pickle);
          zip.finish();
        });
  }

  private static byte[] text(String latin) {
    return latin.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] concat(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] filled(int size, String pattern) {
    byte[] unit = text(pattern);
    byte[] result = new byte[size / unit.length * unit.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = unit[i % unit.length];
    }
    return result;
  }

  /** The good archive with a storage of 256 MiB, and with one of 64 MiB that claims 16 bytes. */
  private void bombs() throws IOException {
    MemorySegment good =
        MemorySegment.ofArray(Files.readAllBytes(folder.resolve("pth/ok_min.pth")));
    ZipArchive archive = ZipArchive.read(good);
    byte[] pickle =
        archive
            .contents(archive.find("m/data.pkl").orElseThrow(), new MemoryLimit(MEGABYTE))
            .toArray(ValueLayout.JAVA_BYTE);
    Files.write(folder.resolve("pth/zip_bomb_256M.pth"), deflated(pickle, 256));
    byte[] lie = deflated(pickle, 64);
    ByteBuffer file = ByteBuffer.wrap(lie).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(directoryEntry(file, "m/data/0") + 24, ONE_TO_FOUR.length);
    Files.write(folder.resolve("pth/zip_usize_lie.pth"), lie);
  }

  private static byte[] deflated(byte[] pickle, int megabytes) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("m/data.pkl"));
      zip.write(pickle);
      zip.putNextEntry(new ZipEntry("m/data/0"));
      zip.write(ONE_TO_FOUR);
      for (int i = 0; i < megabytes; i++) {
        zip.write(new byte[i == 0 ? MEGABYTE - ONE_TO_FOUR.length : MEGABYTE]);
      }
    }
    return bytes.toByteArray();
  }

  private static int directoryEntry(ByteBuffer file, String name) {
    for (int at = 0; ; at++) {
      if (file.getInt(at) == 0x02014b50) {
        byte[] found = new byte[file.getShort(at + 28)];
        file.get(at + 46, found);
        if (new String(found, StandardCharsets.US_ASCII).equals(name)) {
          return at;
        }
      }
    }
  }
}
