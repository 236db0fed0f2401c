package dev.sardonyx.processor.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is inferred as a model is compiled is what is inferred as it runs. */
class RandomChainsTest {
  private static final long SEED = 7_2026;
  private static final int CHAINS = 320;
  private static final List<Chain> ALL = chains();

  private static Build build;

  private static List<Chain> chains() {
    List<Chain> chains = new ArrayList<>();
    for (int i = 0; i < CHAINS; i++) {
      chains.add(new Chain("Chain" + i, new Random(SEED + i)));
    }
    return List.copyOf(chains);
  }

  static List<Chain> all() {
    return ALL;
  }

  @BeforeAll
  static void compile(@TempDir Path sources, @TempDir Path classes) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Chain chain : ALL) {
      Path file = sources.resolve(chain.name() + ".java");
      files.add(Files.writeString(file, chain.source()));
    }
    build = Build.of(files, classes, "-Asardonyx.shapes=report");
  }

  @ParameterizedTest
  @MethodSource("all")
  void failAtTheSameStepWhereTheyFail(Chain chain) {
    List<Long> lines =
        build.messages().stream()
            .filter(message -> message.file().equals(chain.name()))
            .map(Build.Message::line)
            .toList();
    if (!lines.isEmpty() || chain.isPlainlyWrong()) {
      assertThat(chain.isWrong()).as(() -> text(chain)).isTrue();
      assertThat(lines).as(() -> text(chain)).containsExactly(chain.line(chain.types().size() - 1));
    }
  }

  private static String text(Chain chain) {
    return chain + "\n" + chain.source() + build.of(chain.name());
  }

  @ParameterizedTest
  @MethodSource("all")
  void haveTheSameTypesAfterEachStep(Chain chain) throws IOException {
    String table = build.table("golden." + chain.name());
    for (int i = 1; i < chain.types().size(); i++) {
      String row =
          "(?m)^%s.java:%d:\\d+ +%s  +%s$"
              .formatted(
                  chain.name(),
                  chain.line(i - 1),
                  Pattern.quote(chain.expression(i - 1)),
                  Pattern.quote(chain.types().get(i).toString()));
      assertThat(table).as(chain::source).containsPattern(row);
    }
  }

  @Test
  void areRightAndWrongInNumbers() {
    long wrong = ALL.stream().filter(chain -> chain.failure().isPresent()).count();
    assertThat(wrong).isBetween(CHAINS / 5L, CHAINS * 4L / 5);
  }
}
