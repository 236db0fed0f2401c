package dev.sardonyx.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckProductsTest {
  @TempDir Path folder;

  private String xml() throws IOException {
    return Files.readString(folder.resolve("out.xml"));
  }

  private CommandLineTest.Result check(String... words) {
    String[] all = new String[words.length + 3];
    all[0] = "check";
    System.arraycopy(words, 0, all, 1, words.length);
    all[words.length + 1] = "--junit-xml";
    all[words.length + 2] = folder.resolve("out.xml").toString();
    return CommandLineTest.run(all);
  }

  @Test
  void aCheckIsASuiteWithATestForEachOutputAndOneForTheNodes() throws IOException {
    assertThat(check("my-model").status()).isZero();
    assertThat(xml())
        .contains(
            "<testsuite name=\"my-model\"",
            "tests=\"5\" failures=\"0\" errors=\"0\" skipped=\"0\"",
            "<property name=\"engine native\"",
            "<testcase name=\"output output0: eager / ort\"",
            "<testcase name=\"output output1: native / ort\"",
            "<testcase name=\"nodes\" classname=\"sardonyx.check.my-model\"");
  }

  @Test
  void aCheckThatEndsInAnErrorIsWrittenToo() throws IOException {
    CommandLineTest.Result result = check("no-such-model");
    assertThat(result.status()).isEqualTo(2);
    assertThat(xml())
        .contains("tests=\"1\" failures=\"0\" errors=\"1\"", "there is no model")
        .endsWith("</testsuites>\n");
  }

  @Test
  void aPlaceThatCannotBeWrittenToIsAnError() {
    String nowhere = folder.resolve("no/such/folder/out.xml").toString();
    CommandLineTest.Result result =
        CommandLineTest.run("check", "simple-ffn", "--junit-xml", nowhere);
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("does not exist", nowhere);
  }
}
