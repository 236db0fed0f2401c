package dev.sardonyx.runtime.generate.recover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.runtime.generate.model.Expression;
import dev.sardonyx.runtime.generate.model.Expression.New;
import dev.sardonyx.runtime.generate.model.Field;
import dev.sardonyx.runtime.generate.model.GeneratedClass;
import dev.sardonyx.runtime.generate.model.GeneratedClass.ConstructorParameter;
import dev.sardonyx.runtime.generate.model.GeneratedModel;
import dev.sardonyx.runtime.generate.model.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryTest {
  /** What a module list would be without a loop, or a chain without a variable to go on with. */
  private static final int MOST_STATEMENTS = 12;

  @ParameterizedTest
  @ValueSource(
      strings = {"resnet18", "mobilenet-v2", "simple-cnn", "my-net", "bert", "tagger", "parts"})
  void stateIsPyTorchsOwn(String name) {
    assertThat(state(model(name + "-unfused")))
        .containsExactlyInAnyOrderElementsOf(Exports.keys(name));
  }

  /** Of attention in one operator only the bias keeps its name when constants are folded. */
  @Test
  void parametersOfAModuleItselfKeepTheirNames() {
    assertThat(state(model("encoder-unfused")))
        .containsExactlyInAnyOrderElementsOf(Exports.keys("encoder"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple-cnn", "my-net", "bert", "tagger"})
  void foldedExportsWithoutNormsHaveTheSameState(String name) {
    assertThat(state(model(name))).containsExactlyInAnyOrderElementsOf(Exports.keys(name));
  }

  /** A norm that was folded into its convolution is gone; the convolution has a bias for it. */
  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "mobilenet-v2"})
  void foldedNormsLeaveConvolutionsUnderTheirNames(String name) {
    List<String> torch = Exports.keys(name);
    List<String> folded = state(model(name));
    assertThat(folded)
        .allMatch(
            key -> torch.contains(key) || key.contains(".bias ") || key.startsWith("conv1.bias"));
    assertThat(folded.stream().filter(key -> key.contains("weight ")))
        .containsExactlyInAnyOrderElementsOf(
            torch.stream()
                .filter(
                    key ->
                        key.contains("weight [") && key.chars().filter(c -> c == ',').count() > 0)
                .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "resnet18-unfused"})
  void residualNetworksHaveBasicBlocks(String name) {
    GeneratedModel model = model(name);
    assertThat(model.classes())
        .extracting(GeneratedClass::name)
        .containsExactly("BasicBlock", "Net");
    assertThat(model.root().fields())
        .extracting(Field::name)
        .containsSubsequence(
            "conv1", "relu", "maxpool", "layer1", "layer2", "layer3", "layer4", "avgpool", "fc");
    GeneratedClass block = model.classes().getFirst();
    assertThat(block.parameters())
        .extracting(ConstructorParameter::name)
        .containsExactly("inChannels", "outChannels", "stride", "downsample");
    assertThat(block.fields())
        .filteredOn(Field::nullable)
        .extracting(Field::name)
        .containsExactly("downsample");
    assertThat(block.statements()).hasSizeLessThanOrEqualTo(3);
    assertThat(members(field(model.root(), "layer2")))
        .containsExactly("BasicBlock[64, 128, 2, true]", "BasicBlock[128, 128, 1, false]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mobilenet-v2", "mobilenet-v2-unfused"})
  void rowsOfLayersThatComeAgainAreAClass(String name) {
    GeneratedModel model = model(name);
    assertThat(model.classes())
        .extracting(GeneratedClass::name)
        .first()
        .isEqualTo(name.endsWith("unfused") ? "ConvBNReLU6" : "ConvReLU6");
    assertThat(model.classes())
        .extracting(GeneratedClass::name)
        .contains("InvertedResidual", "InvertedResidual2", "InvertedResidual3")
        .hasSize(5);
    assertThat(members(field(model.root(), "features"))).hasSize(19);
    assertThat(members(field(model.root(), "classifier")))
        .containsExactly("Identity[]", "Linear[1280, 1000]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert", "bert-unfused"})
  void encodersAreLoopsOverTheirLayers(String name) {
    GeneratedModel model = model(name);
    assertThat(model.classes())
        .extracting(GeneratedClass::name)
        .containsExactlyInAnyOrder(
            "Embeddings",
            "SelfAttention",
            "Output",
            "Intermediate",
            "Pooler",
            "Attention",
            "EncoderLayer",
            "Encoder",
            "Net");
    GeneratedClass encoder =
        model.classes().stream()
            .filter(each -> each.name().equals("Encoder"))
            .findFirst()
            .orElseThrow();
    assertThat(encoder.statements()).hasSize(1).first().isInstanceOf(Statement.ForEach.class);
    assertThat(members(encoder.fields().getFirst())).hasSize(3);
    assertThat(model.root().inputs()).hasSize(3);
    assertThat(model.root().results()).hasSize(2);
    assertThat(model.classes())
        .allSatisfy(each -> assertThat(each.statements()).hasSizeLessThan(MOST_STATEMENTS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"my-net", "my-net-unfused"})
  void namedBlocksAreClassesAndNumberedOnesSequentials(String name) {
    GeneratedModel model = model(name);
    assertThat(model.classes())
        .extracting(GeneratedClass::name)
        .containsExactly("ConvBlock", "Net");
    assertThat(model.classes().getFirst().fields())
        .extracting(Field::name)
        .containsExactly("conv1", "relu1", "pool");
    assertThat(members(field(model.root(), "denseBlock")))
        .containsExactly("Linear[128, 16]", "ReLU[]", "Linear[16, 4]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tagger", "tagger-unfused"})
  void recurrentLayersAreOneField(String name) {
    GeneratedModel model = model(name);
    assertThat(model.root().fields())
        .extracting(Field::name)
        .containsExactly("embedding", "lstm", "fc");
    assertThat(model.root().statements()).isEmpty();
  }

  /** GroupNorm as five nodes, resizing, two recurrent layers on each other, transposed kernels. */
  @ParameterizedTest
  @ValueSource(strings = {"parts", "parts-unfused"})
  void layersOfManyKindsAreRecognised(String name) {
    GeneratedModel model = model(name);
    assertThat(model.classes()).extracting(GeneratedClass::name).containsExactly("Up", "Net");
    assertThat(model.classes().getFirst().fields())
        .extracting(field -> field.type().simpleName())
        .containsExactly("Upsample", "Conv2d", "GroupNorm", "SiLU");
    assertThat(model.root().fields())
        .extracting(field -> field.type().simpleName())
        .containsExactly(
            "Sequential", "Conv2d", "AvgPool2d", "Up", "Up", "ConvTranspose2d", "GRU", "RNN");
    assertThat(members(model.root().fields().getFirst()))
        .extracting(member -> member.replaceAll("\\[.*", ""))
        .containsExactly("Conv2d", "InstanceNorm2d", "LeakyReLU");
  }

  static GeneratedModel model(String name) {
    return Recovery.of(Exports.graph(name), "Net");
  }

  private static List<String> state(GeneratedModel model) {
    List<String> result = new ArrayList<>();
    model.state().forEach((name, tensor) -> result.add(name + " " + tensor.shape()));
    return result;
  }

  private static Field field(GeneratedClass given, String name) {
    return given.fields().stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The modules of a container with the numbers they are made with. */
  private static List<String> members(Field container) {
    List<String> result = new ArrayList<>();
    for (Expression member : ((New) container.value()).arguments()) {
      var made = (New) member;
      List<String> numbers = new ArrayList<>();
      for (Expression argument : made.arguments()) {
        switch (argument) {
          case Expression.Whole(long value) -> numbers.add("" + value);
          case Expression.Truth(boolean value) -> numbers.add("" + value);
          case Expression other -> numbers.add("" + other);
        }
      }
      result.add(made.type().simpleName() + numbers);
    }
    return result;
  }
}
