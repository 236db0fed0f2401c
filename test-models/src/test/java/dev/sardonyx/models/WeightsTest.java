package dev.sardonyx.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compiler compares ResNet-18, as it stands, with the header of torchvision's weights. */
class WeightsTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/sardonyx/models/resnet");
  private static final Path HEADER = Path.of("src/test/resources/weights/resnet18.json");
  private static final long BYTES = 4L * (11_689_512 + 9_600) + 8 * 20;

  @TempDir Path folder;

  @BeforeEach
  void writeWeights() throws IOException {
    byte[] header = Files.readAllBytes(HEADER);
    Path file = folder.resolve("resnet18.safetensors");
    try (var out = new RandomAccessFile(file.toFile(), "rw")) { // a sparse file
      out.writeLong(Long.reverseBytes(header.length));
      out.write(header);
      out.setLength(8 + header.length + BYTES);
    }
  }

  /** What the compiler says of the sources, of which ResNet18 is changed. */
  private String compile(String text, String replacement) throws IOException {
    List<String> words =
        new ArrayList<>(List.of("-proc:full", "-d", folder.toString(), "-XDrawDiagnostics"));
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    words.addAll(List.of("-cp", classPath, "-Asardonyx.weights=" + folder));
    words.addAll(List.of("-processor", "dev.sardonyx.processor.SardonyxProcessor"));
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path source : files.toList()) {
        String code = Files.readString(source);
        if (source.endsWith("ResNet18.java")) {
          code =
              code.replace(text, replacement)
                  .replace(
                      "@Model", "@dev.sardonyx.api.nn.Weights(\"resnet18.safetensors\")\n@Model");
        }
        words.add(Files.writeString(folder.resolve(source.getFileName()), code).toString());
      }
    }
    var said = new ByteArrayOutputStream();
    ToolProvider.getSystemJavaCompiler().run(null, said, said, words.toArray(String[]::new));
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void torchvisionsResNet18Fits() throws IOException {
    assertThat(compile("this(1000)", "this(1000)")).doesNotContain("error");
  }

  @Test
  void tenClassesInsteadOfAThousandDoNot() throws IOException {
    assertThat(compile("this(1000)", "this(10)"))
        .contains("ResNet18.java:11:1:")
        .contains("[Weights] resnet18.safetensors does not fit ResNet18: 2 of another shape")
        .containsPattern("fc.weight  float32\\[10, 512]  float32\\[1000, 512]  clash")
        .containsPattern("fc.bias    float32\\[10] +float32\\[1000] +clash");
  }
}
