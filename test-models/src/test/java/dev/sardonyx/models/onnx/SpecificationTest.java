package dev.sardonyx.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.onnx.Onnx;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operators compute what ONNX's specification says, on cases of our own that numpy computed. */
class SpecificationTest {
  static List<Path> cases() throws IOException, URISyntaxException {
    var folder = Objects.requireNonNull(SpecificationTest.class.getResource("/specification"));
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      return files.filter(Files::isDirectory).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void outputsAreThoseOfTheSpecification(Path folder) throws IOException {
    var suiteCase = new SuiteCase(folder);
    suiteCase.requireOutputs(Onnx.read(suiteCase.model()));
  }

  @Test
  void thereAreCases() throws IOException, URISyntaxException {
    assertThat(cases()).hasSizeGreaterThan(3);
  }
}
