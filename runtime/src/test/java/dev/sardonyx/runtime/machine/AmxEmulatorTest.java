package dev.sardonyx.runtime.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AmxEmulatorTest {
  @TempDir Path folder;

  @Test
  void productsOfTilesAreThoseOfPlainLoops() throws IOException, InterruptedException {
    var ended = EmulatedTiles.run(folder, TileProgram.class);
    assertEquals(0, ended.status(), ended.output());
    assertTrue(ended.output().endsWith("0 wrong\n"), ended.output());
  }

  @Test
  void otherIllegalInstructionsAreTheJvms() throws IOException, InterruptedException {
    var ended = EmulatedTiles.run(folder, TileProgram.class, "illegal");
    assertNotEquals(0, ended.status());
    assertTrue(ended.output().contains("SIGILL"), ended.output());
  }
}
