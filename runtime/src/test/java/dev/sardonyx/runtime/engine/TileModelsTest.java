package dev.sardonyx.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.runtime.machine.EmulatedTiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models whose products are computed by the tiles of AMX, in a JVM that has them. */
class TileModelsTest {
  @TempDir private Path folder;

  @Test
  void eachPrecisionHasItsOwnErrorAndWhatHasNoPartsIsComputedAsWithoutTiles()
      throws IOException, InterruptedException {
    var ended = EmulatedTiles.run(folder, TileModels.class);
    assertEquals(0, ended.status(), ended.output());
    assertTrue(ended.output().endsWith("0 wrong\n"), ended.output());
  }

  @Test
  void productsAreComputedByTilesOrFloatsAsTheModelSaysOrAMeasurementThatIsKept()
      throws IOException, InterruptedException {
    Path kept = Files.createDirectory(folder.resolve("kept"));
    var ended = EmulatedTiles.run(folder, TileWays.class, kept.toString());
    assertEquals(0, ended.status(), ended.output());
    assertTrue(ended.output().endsWith("0 wrong\n"), ended.output());
  }
}
