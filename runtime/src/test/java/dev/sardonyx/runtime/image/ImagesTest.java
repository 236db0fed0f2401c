package dev.sardonyx.runtime.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images come out as Pillow decodes them, bit by bit. */
class ImagesTest {
  private static final int HEIGHT = 11;
  private static final int WIDTH = 17;
  private static final int CUTS = 300;

  private static byte[] bytes(String name) throws IOException {
    String file = "/images/" + name;
    try (InputStream in =
        Objects.requireNonNull(ImagesTest.class.getResourceAsStream(file), file)) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rgb.bmp",
        "rgb.png",
        "rgb.tif",
        "rgb.ppm",
        "gray.pgm",
        "gray.png",
        "gray.jpg",
        "rgb.jpg",
        "fine.jpg",
        "palette.png",
        "alpha.png"
      })
  void decodesAsPillowDoes(String name) throws IOException {
    Pixels pixels = Images.decode(bytes(name), _ -> {});
    assertThat(pixels.height()).isEqualTo(HEIGHT);
    assertThat(pixels.width()).isEqualTo(WIDTH);
    assertThat(pixels.rgb()).isEqualTo(bytes(name + ".rgb"));
    byte[] gray = new byte[HEIGHT * WIDTH];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = pixels.gray(i);
    }
    assertThat(gray).isEqualTo(bytes(name + ".gray"));
  }

  @Test
  void refusesOtherFormats() {
    byte[] webp = "RIFF....WEBPVP8 ".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> Images.decode(webp, _ -> {}))
        .isInstanceOf(SardonyxException.class)
        .hasMessageContaining("neither");
    assertThatThrownBy(() -> Images.decode(new byte[0], _ -> {}))
        .isInstanceOf(SardonyxException.class);
  }

  /** Whatever is done to a file, it is read or refused. */
  @ParameterizedTest
  @ValueSource(strings = {"rgb.bmp", "rgb.png", "rgb.tif", "rgb.ppm", "gray.pgm", "rgb.jpg"})
  void damagedFilesAreReadOrRefused(String name) throws IOException {
    byte[] whole = bytes(name);
    var random = new Random(7);
    for (int i = 0; i < CUTS; i++) {
      byte[] data = Arrays.copyOf(whole, i % 2 == 0 ? whole.length : random.nextInt(whole.length));
      for (int hit = 0; hit < 3 && data.length > 0; hit++) {
        data[random.nextInt(Math.min(data.length, 200))] = (byte) random.nextInt();
      }
      try {
        assertThat(Images.decode(data, ImagesTest::limit).rgb()).isNotEmpty();
      } catch (SardonyxException refused) {
        assertThat(refused.code()).isIn(ErrorCode.UNSUPPORTED, ErrorCode.LIMIT);
      }
    }
  }

  private static void limit(long bytes) {
    if (bytes > 1 << 24) {
      throw new SardonyxException(ErrorCode.LIMIT, "too large");
    }
  }
}
