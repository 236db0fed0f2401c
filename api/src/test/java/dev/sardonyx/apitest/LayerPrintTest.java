package dev.sardonyx.apitest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sardonyx.api.nn.AdaptiveAvgPool2d;
import dev.sardonyx.api.nn.AvgPool2d;
import dev.sardonyx.api.nn.BatchNorm1d;
import dev.sardonyx.api.nn.BatchNorm2d;
import dev.sardonyx.api.nn.Conv2d;
import dev.sardonyx.api.nn.Dropout;
import dev.sardonyx.api.nn.Flatten;
import dev.sardonyx.api.nn.Identity;
import dev.sardonyx.api.nn.IntTuple;
import dev.sardonyx.api.nn.LeakyReLU;
import dev.sardonyx.api.nn.Linear;
import dev.sardonyx.api.nn.LogSoftmax;
import dev.sardonyx.api.nn.MaxPool2d;
import dev.sardonyx.api.nn.ModuleDict;
import dev.sardonyx.api.nn.ModuleList;
import dev.sardonyx.api.nn.NnModule;
import dev.sardonyx.api.nn.PReLU;
import dev.sardonyx.api.nn.ReLU;
import dev.sardonyx.api.nn.Sequential;
import dev.sardonyx.api.nn.SiLU;
import dev.sardonyx.api.nn.Sigmoid;
import dev.sardonyx.api.nn.Softmax;
import dev.sardonyx.api.nn.Tanh;
import dev.sardonyx.api.nn.UnaryModule;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LayerPrintTest {
  /** In the order of golden.py, each the same layer as there. */
  private static List<NnModule> layers() {
    return List.of(
        new Linear(20, 30),
        new Linear(20, 30, false),
        new Conv2d(3, 64, 7, o -> o.stride(2).padding(3).bias(false)),
        new Conv2d(1, 3, 3),
        new Conv2d(
            4, 6, IntTuple.of(3, 5), o -> o.stride(2, 1).padding(1, 2).dilation(2, 1).groups(2)),
        new BatchNorm1d(6),
        new BatchNorm2d(
            64, o -> o.eps(0.001).momentum(0.25).affine(false).trackRunningStats(false)),
        new ReLU(),
        new ReLU(true),
        new LeakyReLU(),
        new LeakyReLU(0.2, true),
        new PReLU(),
        new PReLU(8),
        new Sigmoid(),
        new SiLU(),
        new SiLU(true),
        new Tanh(),
        new Softmax(-1),
        new LogSoftmax(1),
        new Dropout(),
        new Dropout(0.2, true),
        new Flatten(),
        new Flatten(0, 2),
        new Identity(),
        new MaxPool2d(2),
        new MaxPool2d(IntTuple.of(2, 3), o -> o.stride(2, 1).padding(1).dilation(2).ceilMode(true)),
        new AvgPool2d(3, 2),
        new AvgPool2d(
            IntTuple.of(3, 2), o -> o.padding(1, 0).ceilMode(true).countIncludePad(false)),
        new AdaptiveAvgPool2d(7),
        new AdaptiveAvgPool2d(1, 1),
        new Sequential(),
        new ModuleList<>(),
        new ModuleDict<>(),
        new ModuleList<>(
            new Sequential(new Linear(2, 3), new ReLU()), new Tanh(), new Sequential()),
        new ModuleDict<UnaryModule>()
            .add("b", new Identity())
            .add("a", new Sequential(new ReLU())));
  }

  @Test
  void describesEveryLayerAsPyTorchPrintsIt() {
    String expected =
        Golden.text("prints.txt")
            .lines()
            .filter(line -> !line.startsWith("#"))
            .collect(Collectors.joining("\n"));
    String found = layers().stream().map(NnModule::describe).collect(Collectors.joining("\n"));
    assertThat(found).isEqualTo(expected);
  }
}
