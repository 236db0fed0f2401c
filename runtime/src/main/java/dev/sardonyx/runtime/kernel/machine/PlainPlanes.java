package dev.sardonyx.runtime.kernel.machine;

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
    for (int line = fromLine; line < toLine; line++) {
      for (int column = 0; column < g.outWidth(); column++) {
        Cancellation.poll();
        for (int channel = 0; channel < g.outChannels(); channel++) {
          long at = ((long) line * g.outWidth() + column) * g.outChannels() + channel;
          float sum = (float) sum(p, panelWidth, line, column, channel);
          Floats.set(p.y(), at, ended(p.epilogue(), sum, channel, at));
        }
      }
    }
  }

  private static double sum(PlaneConvolution p, int width, int line, int column, int channel) {
    ConvolutionGeometry g = p.geometry();
    Axis high = g.height();
    Axis wide = g.width();
    int image = line / high.output();
    long top = high.start(line - image * high.output());
    long left = wide.start(column);
    long panel = (long) (channel / width) * width * g.taps() + channel % width;
    double sum = 0;
    for (int c = 0; c < g.channels(); c++) {
      long plane = ((long) image * g.channels() + c) * high.size();
      for (int i = high.firstTap(top); i < high.endTap(top); i++) {
        long row = (plane + top + (long) i * high.dilation()) * wide.size() + left;
        long tap = ((long) c * high.kernel() + i) * wide.kernel();
        for (int j = wide.firstTap(left); j < wide.endTap(left); j++) {
          double x = Floats.get(p.x(), row + (long) j * wide.dilation());
          sum += x * Floats.get(p.panels(), panel + (tap + j) * width);
        }
      }
    }
    return sum;
  }

  private static float ended(Epilogue end, float sum, int channel, long at) {
    MemorySegment bias = end.bias();
    MemorySegment residual = end.residual();
    float value = bias == null ? sum : sum + Floats.get(bias, channel);
    value = residual == null ? value : value + Floats.get(residual, at);
    return end.activation() == null ? value : Math.min(Math.max(value, end.low()), end.high());
  }
}
