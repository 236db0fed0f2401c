package dev.sardonyx.runtime.kernel.machine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.sardonyx.runtime.kernel.Axis;
import dev.sardonyx.runtime.kernel.Cancellation;
import dev.sardonyx.runtime.kernel.ConvolutionGeometry;
import dev.sardonyx.runtime.kernel.Epilogue;
import dev.sardonyx.runtime.kernel.Floats;
import dev.sardonyx.runtime.kernel.PlaneConvolution;
import java.lang.foreign.MemorySegment;

/**
 * Convolutions by planes as plain loops: what code is tried against, and what serves where it
 * fails, for the plain set has none.
 */
final class PlainPlanes {
  private PlainPlanes() {}

  /** Lines of y. */
  static void run(PlaneConvolution p, int panelWidth, int fromLine, int toLine) {
    ConvolutionGeometry g = p.geometry();
    float[] x = p.x().toArray(JAVA_FLOAT_UNALIGNED); // cold code reads arrays far faster
    float[] panels = p.panels().toArray(JAVA_FLOAT_UNALIGNED);
    for (int line = fromLine; line < toLine; line++) {
      for (int column = 0; column < g.outWidth(); column++) {
        Cancellation.poll();
        for (int channel = 0; channel < g.outChannels(); channel++) {
          long at = ((long) line * g.outWidth() + column) * g.outChannels() + channel;
          float sum = (float) sum(g, x, panels, panelWidth, line, column, channel);
          Floats.set(p.y(), at, ended(p.epilogue(), sum, channel, at));
        }
      }
    }
  }

  private static double sum(
      ConvolutionGeometry g,
      float[] x,
      float[] panels,
      int width,
      int line,
      int column,
      int channel) {
    Axis high = g.height();
    Axis wide = g.width();
    int image = line / high.output();
    int top = (int) high.start(line - image * high.output());
    int left = (int) wide.start(column);
    int panel = channel / width * width * g.taps() + channel % width;
    int first = wide.firstTap(left);
    int end = wide.endTap(left);
    double sum = 0;
    for (int c = 0; c < g.channels(); c++) {
      int plane = (image * g.channels() + c) * high.size();
      for (int i = high.firstTap(top); i < high.endTap(top); i++) {
        int row = (plane + top + i * high.dilation()) * wide.size() + left;
        int tap = panel + (c * high.kernel() + i) * wide.kernel() * width;
        for (int j = first; j < end; j++) {
          sum += (double) x[row + j * wide.dilation()] * panels[tap + j * width];
        }
      }
    }
    return sum;
  }

  /** A sum with what its convolution ends with; at is where it goes in y. */
  static float ended(Epilogue end, float sum, int channel, long at) {
    MemorySegment bias = end.bias();
    MemorySegment residual = end.residual();
    float value = bias == null ? sum : sum + Floats.get(bias, channel);
    value = residual == null ? value : value + Floats.get(residual, at);
    return end.activation() == null ? value : Math.min(Math.max(value, end.low()), end.high());
  }
}
