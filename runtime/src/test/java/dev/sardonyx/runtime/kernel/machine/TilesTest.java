package dev.sardonyx.runtime.kernel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.runtime.machine.EmulatedTiles;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Products of the tiles of AMX, in a JVM that has them. */
class TilesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"trials", "products", "integers"})
  void tilesComputeWhatPlainLoopsDo(String what) throws IOException, InterruptedException {
    var ended = EmulatedTiles.run(folder, TilesProgram.class, what);
    assertEquals(0, ended.status(), ended.output());
    assertTrue(ended.output().endsWith("0 wrong\n"), ended.output());
  }
}
