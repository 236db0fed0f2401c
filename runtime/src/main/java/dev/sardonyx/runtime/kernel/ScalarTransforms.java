package dev.sardonyx.runtime.kernel;

/** Winograd's transforms as plain loops. */
final class ScalarTransforms implements WinogradTransforms {
  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public void input4(
      int lines,
      int n,
      float[] from,
      int at,
      int along,
      int across,
      float[] to,
      int toAt,
      int toAlong,
      int toAcross) {
    for (int l = 0; l < lines; l++) {
      int f = at + l * across;
      int t = toAt + l * toAcross;
      for (int c = 0; c < n; c++) {
        float d0 = from[f + c];
        float d1 = from[f + c + along];
        float d2 = from[f + c + 2 * along];
        float d3 = from[f + c + 3 * along];
        float d4 = from[f + c + 4 * along];
        float d5 = from[f + c + 5 * along];
        float p = Math.fma(d2, -4, d4);
        float q = Math.fma(d1, -4, d3);
        float r = d4 - d2;
        float s = d3 - d1;
        float u = Math.fma(d2, -5, d4);
        float v = Math.fma(d3, -5, d5);
        to[t + c] = Math.fma(d0, 4, u);
        to[t + c + toAlong] = p + q;
        to[t + c + 2 * toAlong] = p - q;
        to[t + c + 3 * toAlong] = Math.fma(s, 2, r);
        to[t + c + 4 * toAlong] = Math.fma(s, -2, r);
        to[t + c + 5 * toAlong] = Math.fma(d1, 4, v);
      }
    }
  }

  @Override
  public void output4(
      int lines,
      int n,
      float[] from,
      int at,
      int along,
      int across,
      float[] to,
      int toAt,
      int toAlong,
      int toAcross) {
    for (int l = 0; l < lines; l++) {
      int f = at + l * across;
      int t = toAt + l * toAcross;
      for (int c = 0; c < n; c++) {
        float d0 = from[f + c];
        float d1 = from[f + c + along];
        float d2 = from[f + c + 2 * along];
        float d3 = from[f + c + 3 * along];
        float d4 = from[f + c + 4 * along];
        float d5 = from[f + c + 5 * along];
        float p = d1 + d2;
        float q = d1 - d2;
        float r = d3 + d4;
        float s = d3 - d4;
        to[t + c] = d0 + p + r;
        to[t + c + toAlong] = Math.fma(s, 2, q);
        to[t + c + 2 * toAlong] = Math.fma(r, 4, p);
        to[t + c + 3 * toAlong] = Math.fma(s, 8, q) + d5;
      }
    }
  }

  @Override
  public void input2(
      int lines,
      int n,
      float[] from,
      int at,
      int along,
      int across,
      float[] to,
      int toAt,
      int toAlong,
      int toAcross) {
    for (int l = 0; l < lines; l++) {
      int f = at + l * across;
      int t = toAt + l * toAcross;
      for (int c = 0; c < n; c++) {
        float d0 = from[f + c];
        float d1 = from[f + c + along];
        float d2 = from[f + c + 2 * along];
        float d3 = from[f + c + 3 * along];
        to[t + c] = d0 - d2;
        to[t + c + toAlong] = d1 + d2;
        to[t + c + 2 * toAlong] = d2 - d1;
        to[t + c + 3 * toAlong] = d1 - d3;
      }
    }
  }

  @Override
  public void output2(
      int lines,
      int n,
      float[] from,
      int at,
      int along,
      int across,
      float[] to,
      int toAt,
      int toAlong,
      int toAcross) {
    for (int l = 0; l < lines; l++) {
      int f = at + l * across;
      int t = toAt + l * toAcross;
      for (int c = 0; c < n; c++) {
        float d0 = from[f + c];
        float d1 = from[f + c + along];
        float d2 = from[f + c + 2 * along];
        float d3 = from[f + c + 3 * along];
        to[t + c] = d0 + d1 + d2;
        to[t + c + toAlong] = d1 - d2 - d3;
      }
    }
  }
}
