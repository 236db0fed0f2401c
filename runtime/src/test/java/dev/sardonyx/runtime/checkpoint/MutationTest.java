package dev.sardonyx.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.error.SardonyxException;
import dev.sardonyx.api.state.StateDict;
import dev.sardonyx.api.tensor.Tensor;
import dev.sardonyx.runtime.checkpoint.file.MemoryLimit;
import dev.sardonyx.runtime.checkpoint.zip.ZipArchive;
import dev.sardonyx.runtime.checkpoint.zip.ZipRecord;
import dev.sardonyx.runtime.checkpoint.zip.ZipWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Good files with bytes flipped, cut short or replaced by parts of others. */
class MutationTest {
  private static final int MUTANTS = 300;
  private static final int LIMIT = 1 << 20;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pytorch/zip_strided.pth",
        "pytorch/zip_deflated.pth",
        "pytorch/zip_proto4.pth",
        "pytorch/zip_quantized_channels.pth",
        "pytorch/zip_checkpoint_namespace_numpy.pth",
        "pytorch/legacy_shared_storage.pth",
        "pytorch/legacy_strided.pth",
        "numpy/saved.npz",
        "numpy/compressed.npz",
        "safetensors/dtypes.safetensors",
        "hostile/safetensors/idx_ok.safetensors.index.json"
      })
  void brokenBytesCostAMessageAndNothingElse(String name) throws IOException {
    byte[] good = Files.readAllBytes(Expected.resource(name));
    var random = new Random(name.hashCode());
    boolean zip = good[0] == 'P';
    Path mutant = folder.resolve(Path.of(name).getFileName());
    for (int i = 0; i < MUTANTS; i++) {
      // a flipped byte within an archive fails its checksum; so half of the archives are made anew
      byte[] bytes = zip && i % 2 == 0 ? withBrokenEntry(good, random) : broken(good, random);
      Files.write(mutant, bytes);
      try {
        StateDict state = StateDict.read(mutant, options -> options.memoryLimit(LIMIT));
        state.entries().values().forEach(MutationTest::touch);
        CheckpointTypesTest.assertSameTypes(mutant, state);
      } catch (SardonyxException expected) {
        assertThat(expected.reason()).isNotBlank();
        assertThat(expected.file()).isPresent();
        CheckpointTypesTest.assertRefused(mutant);
      }
    }
  }

  private static void touch(Tensor tensor) {
    assertThat(Expected.sha256(tensor)).hasSize(64);
    assertThat(tensor.toString()).isNotBlank();
  }

  private static byte[] broken(byte[] good, Random random) {
    byte[] result = good.clone();
    switch (random.nextInt(4)) {
      case 0 -> result = Arrays.copyOf(good, random.nextInt(good.length));
      case 1 -> {
        int length = random.nextInt(1 + good.length / 4);
        int from = random.nextInt(good.length - length + 1);
        int to = random.nextInt(good.length - length + 1);
        System.arraycopy(good, from, result, to, length);
      }
      default -> {
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          byte[] telling = {0, 1, (byte) 0xff, 0x7f, (byte) random.nextInt()};
          result[random.nextInt(result.length)] = telling[random.nextInt(telling.length)];
        }
      }
    }
    return result;
  }

  private static byte[] withBrokenEntry(byte[] good, Random random) throws IOException {
    ZipArchive archive = ZipArchive.read(MemorySegment.ofArray(good));
    var out = new ByteArrayOutputStream();
    var zip = new ZipWriter(out);
    for (ZipRecord record : archive.records().values()) {
      byte[] contents =
          archive.contents(record, new MemoryLimit(LIMIT)).toArray(ValueLayout.JAVA_BYTE);
      boolean isBroken = contents.length > 0 && record.name().matches(".*(pkl|npy|byteorder)");
      zip.add(record.name(), isBroken ? broken(contents, random) : contents);
    }
    zip.finish();
    return out.toByteArray();
  }
}
