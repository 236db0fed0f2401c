package dev.sardonyx.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.nn.Descriptors;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncrementalBuildTest {
  private static final String MODEL =
      """
      package demo;
      import dev.sardonyx.api.nn.*;
      import dev.sardonyx.api.tensor.Tensor;
      @Model("%s")
      public class %s implements UnaryModule {
        @Override @Forward public Tensor forward(@Input({"n"}) Tensor x) { return x; }
      }
      """;
  private static final String BOTH =
      """
      demo.ADescriptor # demo.A
      demo.BDescriptor # demo.B
      """;
  private static final String ONLY_A = "demo.ADescriptor # demo.A\n";

  private Workspace workspace;

  @BeforeEach
  void compileBoth(@TempDir Path folder) throws IOException {
    workspace = new Workspace(folder).write("A", model("A")).write("B", model("B"));
    assertThat(workspace.compile("A", "B")).isEmpty();
  }

  private static String model(String name) {
    return MODEL.formatted(name.toLowerCase(Locale.ROOT), name);
  }

  private void assertRegistered(String registry, String... names) throws IOException {
    assertThat(workspace.registry()).isEqualTo(registry);
    try (URLClassLoader loader = workspace.loader()) {
      assertThat(Descriptors.registry(loader)).containsOnlyKeys(names);
    }
  }

  @Test
  void registersAllClassesOfACompilation() throws IOException {
    assertRegistered(BOTH, "a", "b");
  }

  @Test
  void keepsClassesThatAreNotCompiledAgain() throws IOException {
    assertThat(workspace.compile("A")).isEmpty();
    assertRegistered(BOTH, "a", "b");
  }

  @Test
  void keepsThemWithoutTheOutputFolderOnTheClassPath() throws IOException {
    assertThat(workspace.compileWithoutOutputOnClassPath("A")).isEmpty();
    assertRegistered(BOTH, "a", "b");
  }

  @Test
  void writesTheSameRegistryInAnyOrder() throws IOException {
    workspace.delete("META-INF/services/dev.sardonyx.api.nn.ModelDescriptor");
    assertThat(workspace.compile("B", "A")).isEmpty();
    assertRegistered(BOTH, "a", "b");
  }

  @Test
  void dropsADeletedClass() throws IOException {
    workspace.delete("B.java", "demo/B.class", "demo/BDescriptor.class");
    assertThat(workspace.compile("A")).isEmpty();
    assertRegistered(ONLY_A, "a");
  }

  @Test
  void dropsADeletedClassWhoseDescriptorStayedBehind() throws IOException {
    workspace.delete("B.java", "demo/B.class");
    assertThat(workspace.compile("A")).isEmpty();
    assertRegistered(ONLY_A, "a");
  }

  @Test
  void dropsADescriptorThatIsGone() throws IOException {
    workspace.delete("demo/BDescriptor.class");
    assertThat(workspace.compileWithoutOutputOnClassPath("A")).isEmpty();
    assertRegistered(ONLY_A, "a");
  }

  @Test
  void dropsAClassThatIsNoLongerAnnotated() throws IOException {
    workspace.write("B", "package demo; public class B {}");
    assertThat(workspace.compile("A", "B")).isEmpty();
    assertRegistered(ONLY_A, "a");
  }

  @Test
  void followsARename() throws IOException {
    workspace.write("B", MODEL.formatted("renamed", "B"));
    assertThat(workspace.compile("B")).isEmpty();
    assertRegistered(BOTH, "a", "renamed");
  }

  @Test
  void keepsTheRegistryOfTheLastGoodBuildWhenABuildFails() throws IOException {
    workspace.write("A", "package demo; @dev.sardonyx.api.nn.Model class A {}");
    assertThat(workspace.compile("A")).singleElement().asString().startsWith("[NotAModule]");
    assertThat(workspace.registry()).isEqualTo(BOTH);
  }

  @Test
  void findsANameThatAnEarlierCompilationRegistered() throws IOException {
    workspace.write("C", MODEL.formatted("b", "C"));
    assertThat(workspace.compile("C"))
        .singleElement()
        .asString()
        .startsWith("[DuplicateModel] two models are registered as 'b'")
        .contains("found demo.B and demo.C")
        .endsWith("if demo.B no longer exists, clean the output folder");
  }

  @Test
  void keepsEntriesWrittenByHandAsLongAsTheirClassExists() throws IOException {
    Path registry = workspace.classes.resolve("META-INF/services");
    Files.writeString(
        registry.resolve("dev.sardonyx.api.nn.ModelDescriptor"),
        "# by hand\n\ndemo.BDescriptor\ndemo.GoneDescriptor\n");
    assertThat(workspace.compile("A")).isEmpty();
    assertRegistered("demo.ADescriptor # demo.A\ndemo.BDescriptor\n", "a", "b");
  }
}
