package dev.sardonyx.runtime.kernel;

import jdk.incubator.vector.FloatVector;

/** Winograd's transforms over the Vector API. */
final class VectorTransforms implements WinogradTransforms {
  @Override
  public int lanes() {
    return Lanes.COUNT;
  }

  private static FloatVector load(float[] from, int at) {
    return FloatVector.fromArray(Lanes.SPECIES, from, at);
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
    FloatVector minusFour = Lanes.all(-4);
    FloatVector minusFive = Lanes.all(-5);
    FloatVector two = Lanes.all(2);
    FloatVector minusTwo = Lanes.all(-2);
    FloatVector four = Lanes.all(4);
    for (int l = 0; l < lines; l++) {
      int f = at + l * across;
      int t = toAt + l * toAcross;
      for (int c = 0; c < n; c += Lanes.COUNT) {
        FloatVector d0 = load(from, f + c);
        FloatVector d1 = load(from, f + c + along);
        FloatVector d2 = load(from, f + c + 2 * along);
        FloatVector d3 = load(from, f + c + 3 * along);
        FloatVector d4 = load(from, f + c + 4 * along);
        FloatVector d5 = load(from, f + c + 5 * along);
        FloatVector p = d2.fma(minusFour, d4);
        FloatVector q = d1.fma(minusFour, d3);
        FloatVector r = d4.sub(d2);
        FloatVector s = d3.sub(d1);
        FloatVector u = d2.fma(minusFive, d4);
        FloatVector v = d3.fma(minusFive, d5);
        d0.fma(four, u).intoArray(to, t + c);
        p.add(q).intoArray(to, t + c + toAlong);
        p.sub(q).intoArray(to, t + c + 2 * toAlong);
        s.fma(two, r).intoArray(to, t + c + 3 * toAlong);
        s.fma(minusTwo, r).intoArray(to, t + c + 4 * toAlong);
        d1.fma(four, v).intoArray(to, t + c + 5 * toAlong);
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
    FloatVector two = Lanes.all(2);
    FloatVector four = Lanes.all(4);
    FloatVector eight = Lanes.all(8);
    for (int l = 0; l < lines; l++) {
      int f = at + l * across;
      int t = toAt + l * toAcross;
      for (int c = 0; c < n; c += Lanes.COUNT) {
        FloatVector d0 = load(from, f + c);
        FloatVector d1 = load(from, f + c + along);
        FloatVector d2 = load(from, f + c + 2 * along);
        FloatVector d3 = load(from, f + c + 3 * along);
        FloatVector d4 = load(from, f + c + 4 * along);
        FloatVector d5 = load(from, f + c + 5 * along);
        FloatVector p = d1.add(d2);
        FloatVector q = d1.sub(d2);
        FloatVector r = d3.add(d4);
        FloatVector s = d3.sub(d4);
        d0.add(p).add(r).intoArray(to, t + c);
        s.fma(two, q).intoArray(to, t + c + toAlong);
        r.fma(four, p).intoArray(to, t + c + 2 * toAlong);
        s.fma(eight, q).add(d5).intoArray(to, t + c + 3 * toAlong);
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
      for (int c = 0; c < n; c += Lanes.COUNT) {
        FloatVector d0 = load(from, f + c);
        FloatVector d1 = load(from, f + c + along);
        FloatVector d2 = load(from, f + c + 2 * along);
        FloatVector d3 = load(from, f + c + 3 * along);
        d0.sub(d2).intoArray(to, t + c);
        d1.add(d2).intoArray(to, t + c + toAlong);
        d2.sub(d1).intoArray(to, t + c + 2 * toAlong);
        d1.sub(d3).intoArray(to, t + c + 3 * toAlong);
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
      for (int c = 0; c < n; c += Lanes.COUNT) {
        FloatVector d0 = load(from, f + c);
        FloatVector d1 = load(from, f + c + along);
        FloatVector d2 = load(from, f + c + 2 * along);
        FloatVector d3 = load(from, f + c + 3 * along);
        d0.add(d1).add(d2).intoArray(to, t + c);
        d1.sub(d2).sub(d3).intoArray(to, t + c + toAlong);
      }
    }
  }
}
